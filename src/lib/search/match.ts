import { canonicalAddress, hasAddress, partialMac } from './address.ts'
import {
  definitionOf,
  imageTexts,
  textsOf,
  type Meaning,
  type NumberField,
  type Searchable,
  type SearchText,
  type TextField,
} from './fields.ts'
import type { Term } from './parse.ts'

type Test = (machine: Searchable) => boolean

/** True if a machine matches all terms. Words are searched in every text of a machine's page; invalid terms are ignored. */
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
    case 'word':
      return wordTest(meaning.text.toLowerCase())
    case 'state':
      return ({ states }) => states.includes(meaning.state)
    case 'text': {
      const fits = fitsField(meaning.field, meaning.pattern)
      const { field } = meaning
      return (machine) => textsOf(machine, field).some(fits)
    }
    case 'number': {
      const compare = COMPARISONS[meaning.operator]
      const { field, number } = meaning
      return (machine) => numbersOf(machine, field).some((each) => compare(each, number))
    }
    case 'wrong':
      return () => true
  }
}

function wordTest(word: string): Test {
  const inShared = remembered((text) => text.includes(word))
  const tests: ((machine: Searchable, text: SearchText) => boolean)[] = [
    (_, { own, shared }) => own.includes(word) || inShared(shared),
  ]
  const coloned = partialMac(word) ?? word
  if (coloned.includes(':')) tests.push((_, text) => text.coloned.includes(coloned))
  const address = canonicalAddress(word)
  if (address !== null)
    tests.push(({ addresses, macs }) => hasAddress(addresses, address) || hasAddress(macs, address))
  // A full host name may end in a dot.
  const host = word.endsWith('.') ? word.slice(0, -1) : ''
  if (host !== '') tests.push(({ hostname }) => hostname?.toLowerCase().endsWith(host) === true)
  return (machine) => {
    const text = (machine.searchText ??= searchText(machine))
    return tests.some((test) => test(machine, text))
  }
}

/** Remembers the answer for each text: ten thousand machines share a few dozen texts. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    let answer = known.get(text)
    if (answer === undefined) known.set(text, (answer = test(text)))
    return answer
  }
}

const COMPARISONS = {
  '=': (a: number, b: number) => a === b,
  '>': (a: number, b: number) => a > b,
  '<': (a: number, b: number) => a < b,
  '>=': (a: number, b: number) => a >= b,
  '<=': (a: number, b: number) => a <= b,
}

const sharedTexts = new Map<string, string>()

/** Lines, so that no word matches across two texts. */
function searchText(machine: Searchable): SearchText {
  const { id, name, hostname, addresses, macs, group, labels, cd, discs, attributes } = machine
  const management = textIn(attributes, 'management_address')
  const own = [hostname?.startsWith(name) ? '' : name, hostname, id]
  const coloned = [macs]
  for (const address of [...addresses.split(' '), management])
    (address.includes(':') ? coloned : own).push(address)
  const shared = [
    group,
    ...['hardware_profile', 'head', 'zone_name', 'keymap'].map((name) => textIn(attributes, name)),
    ...imageTexts(attributes['last_imaged_with']),
    ...discs.map(({ grade }) => grade),
    labels,
    cd,
  ]
  const text = lines(shared)
  const known = sharedTexts.get(text)
  if (known === undefined) sharedTexts.set(text, text)
  return { own: lines(own), shared: known ?? text, coloned: lines(coloned) }
}

function textIn(attributes: Readonly<Record<string, unknown>>, name: string): string {
  const value = attributes[name]
  return typeof value === 'string' ? value : ''
}

function lines(texts: readonly (string | number | null)[]): string {
  return texts.filter(Boolean).join('\n').toLowerCase()
}

function numbersOf(machine: Searchable, field: NumberField): number[] {
  return field === 'disc' ? machine.discs.map(({ size }) => size) : [machine[field]]
}

/** True if a value of this field fits the pattern. */
export function fitsField(field: TextField, pattern: string): (value: string) => boolean {
  if (!definitionOf(field).address || pattern.includes('*'))
    return matchesPattern(field === 'host' ? pattern.replace(/\.$/, '') : pattern)
  const address = canonicalAddress(pattern)
  if (address !== null) return (value) => canonicalAddress(value) === address
  const beginning = partialMac(pattern) ?? pattern.toLowerCase()
  return (value) => value.toLowerCase().startsWith(beginning)
}

/** True if the whole value matches the pattern, ignoring case; `*` matches any text. */
function matchesPattern(pattern: string): (value: string) => boolean {
  // Not a regular expression, which would take forever on a pattern with many stars.
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  return (value) => {
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
