import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completionAt, type Vocabulary } from './complete.ts'
import { FIELDS } from './fields.ts'
import { parseSearch } from './parse.ts'
import { anySearch } from './testing/search.ts'

const values: Partial<Record<Parameters<Vocabulary>[0], ReturnType<Vocabulary>>> = {
  group: [
    { value: 'default', count: 3 },
    { value: 'my group', count: 1 },
  ],
  head: [
    { value: 'head1', count: 2 },
    { value: 'head10', count: 1 },
    { value: 'tail1', count: 1 },
  ],
  last_head: [{ value: 'head2', count: 1 }],
  profile: [{ value: 'virtio2013', count: 4 }],
  cores: [{ value: '1', count: 3 }],
  memory: [{ value: '2GiB', count: 4 }],
}
const vocabulary: Vocabulary = (field) => values[field] ?? []
const inserts = (text: string, showAll = false, caret = text.length) =>
  completionAt(text, caret, vocabulary, showAll)?.options.map(({ insert }) => insert)

describe('the completion', () => {
  test('suggests fields and states after two letters', () => {
    expect(inserts('he')).toEqual(['head:'])
    expect(inserts('web he')).toEqual(['head:'])
    expect(inserts('st')).toEqual(['is:stopped', 'is:starting', 'is:stopping'])
    expect(inserts('wa')).toEqual(['is:waiting'])
    expect(inserts('web')).toBeUndefined()
    expect(inserts('h')).toBeUndefined()
    expect(inserts('')).toBeUndefined()
  })

  test('suggests every field on request', () => {
    const all = Object.values(FIELDS).map(({ begin }) => begin)
    expect(inserts('', true)).toEqual(all)
    expect(inserts('web ', true)).toEqual(all)
    const one: Vocabulary = (field) => vocabulary(field).slice(0, 1)
    expect(completionAt('', 0, one, true)?.options.map(({ insert }) => insert)).not.toContain('group:')
  })

  test('suggests existing values, first those that start with the input', () => {
    expect(inserts('head:')).toEqual(['head:head1', 'head:head10', 'head:tail1'])
    expect(inserts('head:1')).toEqual(['head:head1', 'head:head10', 'head:tail1'])
    expect(inserts('HEAD:t')).toEqual(['head:tail1'])
    expect(inserts('head:T')).toEqual(['head:tail1'])
    expect(inserts('group:my')).toEqual(['group:"my group"'])
    expect(inserts('cores<')).toEqual(['cores<1'])
    expect(inserts('memory>=2')).toEqual(['memory>=2GiB'])
    expect(inserts('is:r')?.slice(0, 2)).toEqual(['is:running', 'is:restarting'])
    expect(inserts('foo:')).toBeUndefined()
    expect(inserts('name:')).toBeUndefined()
  })

  test('shows the number of machines for each value', () => {
    expect(completionAt('head:', 5, vocabulary)?.options.map(({ hint }) => hint)).toEqual([
      '2 machines',
      '1 machine',
      '1 machine',
    ])
  })

  test('suggests nothing for a complete value', () => {
    expect(inserts('head:tail1')).toBeUndefined()
    expect(inserts('is:running')).toBeUndefined()
  })

  test('replaces the term at the caret, and keeps the minus in front of it', () => {
    const text = 'web -is:ru db'
    expect(completionAt(text, 10, vocabulary)).toMatchObject({ from: 5, to: 10, ofValue: true })
    expect(completionAt(text, 3, vocabulary)).toBeNull()
  })

  test('never throws, and inserts only valid terms', () => {
    fc.assert(
      fc.property(anySearch, fc.nat(40), fc.boolean(), (text, caret, showAll) => {
        const completion = completionAt(text, Math.min(caret, text.length), vocabulary, showAll)
        if (completion === null) return
        const { from, to, options } = completion
        expect(from).toBeLessThanOrEqual(to)
        for (const { insert } of options) {
          const [term, ...more] = parseSearch(insert)
          expect(more).toEqual([])
          expect(term?.field).not.toBeNull()
        }
      }),
    )
  })
})
