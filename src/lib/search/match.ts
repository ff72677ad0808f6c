import { textOf, type Meaning, type NumberField, type Searchable } from './fields.ts'
import type { Term } from './parse.ts'

type Test = (machine: Searchable) => boolean

const haystacks = new WeakMap<Searchable, string>()

/** True if a machine matches all terms. Words are searched in name, host name, id and addresses; invalid terms are ignored. */
export function matcher(terms: readonly Term[]): Test {
  const tests = terms.filter(({ meaning }) => meaning.is !== 'wrong').map(testOf)
  return (machine) => tests.every((test) => test(machine))
}

function testOf({ not, meaning }: Term): Test {
  const test = testMeaning(meaning)
  return not ? (machine) => !test(machine) : test
}

function testMeaning(meaning: Meaning): Test {
  switch (meaning.is) {
    case 'word': {
      const word = meaning.text.toLowerCase()
      // IPv6 addresses are only searched for words with a colon: otherwise "db" would match all of 2001:db8::/32.
      if (!word.includes(':')) return (machine) => haystack(machine).includes(word)
      return ({ addresses }) => addresses.some((address) => address.toLowerCase().includes(word))
    }
    case 'state':
      return ({ states }) => states.includes(meaning.state)
    case 'text': {
      const fits = matchesPattern(meaning.pattern)
      const { field } = meaning
      return (machine) => fits(textOf(machine, field))
    }
    case 'number': {
      const compare = COMPARISONS[meaning.operator]
      const { field, number } = meaning
      return (machine) => compare(numberOf(machine, field), number)
    }
    case 'wrong':
      return () => true
  }
}

const COMPARISONS = {
  '=': (a: number, b: number) => a === b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
}

function haystack(machine: Searchable): string {
  let text = haystacks.get(machine)
  if (text === undefined) {
    const { name, hostname, id, addresses } = machine
    // Joined by line breaks, which no word contains, so that no word matches across two values.
    text = [name, hostname ?? '', id, ...addresses.filter((each) => !each.includes(':'))]
      .join('\n')
      .toLowerCase()
    haystacks.set(machine, text)
  }
  return text
}

function numberOf(machine: Searchable, field: NumberField): number {
  return machine[field]
}

/** True if the whole value matches the pattern, ignoring case; `*` matches any text. */
export function matchesPattern(pattern: string): (value: string | null) => boolean {
  // Not a regular expression, which would take forever on a pattern with many stars.
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  return (value) => {
    if (value === null) return false
    const text = value.toLowerCase()
    if (last === undefined) return text === first
    if (!text.startsWith(first)) return false
    let at = first.length
    for (const part of rest) {
      const found = text.indexOf(part, at)
      if (found === -1) return false
      at = found + part.length
    }
    return text.length - last.length >= at && text.endsWith(last)
  }
}
