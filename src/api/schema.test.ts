import { expect, test } from 'vitest'
import { listOf, schemaProblems, z } from './schema.ts'

const row = z.looseObject({ id: z.number(), name: z.optional(z.string()) })

test('a list’s schema keeps the unknown attributes of rows', () => {
  const rows = [
    { id: 1, colour: 'red' },
    { id: 2, name: 'x' },
  ]
  expect(listOf(row).safeParse(rows)).toEqual({ success: true, data: rows })
  expect(listOf(row).safeParse([]).data).toEqual([])
})

test('a list’s schema names the first bad row by position, and skips the rows after it', () => {
  let checked = 0
  const counting = z.pipe(
    z.transform((value: unknown) => {
      checked += 1
      return value
    }),
    row,
  )
  const answer = z.looseObject({ groups: listOf(z.looseObject({ rows: z.nullable(listOf(counting)) })) })
  const wrong = { id: 'one', name: 2 }
  const rows = [{ id: 1 }, ...Array.from({ length: 1_000 }, () => wrong)]
  const { error } = answer.safeParse({ groups: [{ rows: null }, { rows }] })
  expect(schemaProblems(error?.issues ?? [])).toBe(
    '“groups.1.rows.1.id”, “groups.1.rows.1.name” are missing or have the wrong type',
  )
  expect(checked).toBe(2)
})

test.each([null, {}, 'x', 1, undefined])('a list’s schema rejects %j', (value) => {
  const { error } = listOf(row).safeParse(value)
  expect(schemaProblems(error?.issues ?? [])).toBe('the whole answer is missing or has the wrong type')
})

test('an error message cuts a very long attribute name', () => {
  const schema = z.record(z.string(), z.number())
  const { error } = schema.safeParse({ ['n'.repeat(10_000)]: 'none' })
  expect(schemaProblems(error?.issues ?? [])).toBe(`“${'n'.repeat(120)}…” is missing or has the wrong type`)
})
