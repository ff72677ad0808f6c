import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from '../schema.ts'
import { virtualMachineSchema } from '../virtual-machines.ts'
import { simpleCheck } from './check-rows.ts'

const isSimple = simpleCheck(virtualMachineSchema)
const machine = {
  id: 7,
  name: 'www1',
  power_on: true,
  autoreboot_on: false,
  cores: 1,
  memory: 1024,
  head: null,
}
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(undefined, Infinity, -Infinity, '', 0, 1.5, true),
)
const fields = Object.keys(virtualMachineSchema.shape)
const changes = fc.dictionary(fc.constantFrom(...fields, 'further'), value, { maxKeys: 3 })

test('the quick check accepts a good machine without zod', () => {
  expect(isSimple(machine)).toBe(true)
  expect(
    isSimple({ ...machine, hostname: 'www1.default.acme.uk0.bigv.io', deleted: false, further: {} }),
  ).toBe(true)
})

test('the quick check never accepts a row that zod would reject', () => {
  fc.assert(
    fc.property(changes, (changed) => {
      const row = { ...machine, ...changed }
      if (isSimple(row)) expect(virtualMachineSchema.safeParse(row).success).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('the quick check leaves values of wrong types, or that aren’t objects, to zod', () => {
  for (const name of fields) expect(isSimple({ ...machine, [name]: [] })).toBe(false)
  for (const nothing of [null, undefined, 'www1', 7, []]) expect(isSimple(nothing)).toBe(false)
  for (const name of ['id', 'name', 'power_on']) expect(isSimple({ ...machine, [name]: null })).toBe(false)
})

test('the quick check leaves fields that may be null, or have more rules than a type, to zod', () => {
  expect(simpleCheck(z.object({ a: z.string().check(z.minLength(1)) }))({ a: 'x' })).toBe(false)
  expect(simpleCheck(z.object({ a: z.nullable(z.string()) }))({ a: 'x' })).toBe(false)
  expect(simpleCheck(z.object({ a: z.optional(z.string()) }))({ a: null })).toBe(false)
})
