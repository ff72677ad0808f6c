import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  edit,
  editedValues,
  editsSince,
  hasEdits,
  isChangedElsewhere,
  isEdited,
  type Edits,
} from './edits.ts'

interface Form {
  name: string
  cores: string
}
const NOW: Form = { name: 'web1', cores: '1' }
const none: Edits<Form> = {}

test('a field without edits follows the current value', () => {
  const edits = edit(none, NOW, { cores: '2' })
  expect(editedValues(edits, { name: 'web2', cores: '1' })).toEqual({ name: 'web2', cores: '2' })
  expect(isEdited(edits, { ...NOW, name: 'web2' }, 'name')).toBe(false)
})

test('an edited field keeps its input, and is marked if its current value changes elsewhere', () => {
  const edits = edit(none, NOW, { cores: '2' })
  expect(isChangedElsewhere(edits, NOW, 'cores')).toBe(false)
  const changed = { ...NOW, cores: '4' }
  expect(editedValues(edits, changed).cores).toBe('2')
  expect(isChangedElsewhere(edits, changed, 'cores')).toBe(true)
  expect(isChangedElsewhere(edit(edits, changed, { cores: '23' }), changed, 'cores')).toBe(true)
})

test('a field that the user set back follows later changes, and is not written', () => {
  const back = edit(edit(none, NOW, { cores: '2' }), NOW, { cores: '1' })
  expect(hasEdits(back)).toBe(false)
  expect(editedValues(back, { ...NOW, cores: '4' }).cores).toBe('4')
})

test('a field edited to the new current value counts as unedited', () => {
  const changed = { ...NOW, cores: '4' }
  const accepted = edit(edit(none, NOW, { cores: '2' }), changed, { cores: '4' })
  expect(editedValues(accepted, { ...NOW, cores: '8' }).cores).toBe('8')
})

describe('after saving', () => {
  const sent = edit(none, NOW, { cores: '2' })
  const saved = { ...NOW, cores: '2' }

  test('no edits are left, even if BigV shows the saved value in another form', () => {
    const url = edit({}, { url: '' }, { url: 'https://me:secret@a.b' })
    expect(editsSince(url, url)).toEqual({})
    expect(editsSince(sent, sent)).toEqual({})
  })

  test('input entered during the request is kept, and compared with the saved value', () => {
    const more = editsSince(edit(edit(sent, NOW, { cores: '3' }), NOW, { name: 'web2' }), sent)
    expect(editedValues(more, saved)).toEqual({ name: 'web2', cores: '3' })
    expect(isChangedElsewhere(more, saved, 'cores')).toBe(false)
  })

  test('a field that the user set back during the request counts as edited', () => {
    const back = editsSince(edit(sent, NOW, { cores: '1' }), sent)
    expect(editedValues(back, saved).cores).toBe('1')
    expect(isEdited(back, saved, 'cores')).toBe(true)
  })
})

// Few values, so that edits and changes often meet in the same value.
const FIELDS = ['a', 'b', 'c'] as const
type Fields = Record<(typeof FIELDS)[number], string>
const step = fc.record({
  by: fc.constantFrom('user', 'elsewhere'),
  field: fc.constantFrom(...FIELDS),
  value: fc.constantFrom('1', '2', '3', '4'),
})

test('only edits are written, and those that overwrite a change elsewhere are marked', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const current: Fields = { a: '1', b: '1', c: '1' }
      let edits: Edits<Fields> = {}
      // For each field, what the user entered last, and the current value that they saw when they began.
      const entered = new Map<string, string>()
      const shownAt = new Map<string, string>()
      for (const { by, field, value } of steps) {
        if (by === 'elsewhere') current[field] = value
        else {
          if (!isEdited(edits, current, field)) shownAt.set(field, current[field])
          edits = edit(edits, current, { [field]: value })
          entered.set(field, value)
        }
        const values = editedValues(edits, current)
        for (const name of FIELDS) {
          const written = values[name] !== current[name]
          expect(isEdited(edits, current, name)).toBe(written)
          if (written) expect(values[name]).toBe(entered.get(name))
          expect(isChangedElsewhere(edits, current, name)).toBe(
            written && shownAt.get(name) !== current[name],
          )
        }
      }
    }),
  )
})
