import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { request } from './http.ts'
import { anything, z } from './schema.ts'
import { failure } from './testing/failure.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'

// Tests of long lists, whose rows are checked one by one, and of requests that get the same answer again.

type Rows = { id: number }[]
const row = z.looseObject({ id: z.number() })
const rows = { schema: row, of: (data: unknown) => data as Rows, path: ['machines'] }

let bigv: FakeBigv

beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(() => bigv.close())

const read = async (last: Rows | undefined) =>
  (await request('GET', '/x', { schema: z.custom<Rows>(), rows, last })).data

const answers = (text: string) => {
  bigv.answer = (_, response) => response.end(text)
}

describe('the rows of an answer', () => {
  test('are returned unchanged, with unknown attributes', async () => {
    answers('[{"id": 1, "colour": "red"}, {"id": 2}]')
    const { data } = await request('GET', '/x', { schema: anything, rows })
    expect(data).toEqual([{ id: 1, colour: 'red' }, { id: 2 }])
  })

  test('may be empty', async () => {
    answers('[]')
    expect((await request('GET', '/x', { schema: anything, rows })).data).toEqual([])
  })

  test('are all rejected if one is bad, and the error names the position of the bad row', async () => {
    answers('[{"id": 1}, {"id": "two"}, {}]')
    expect(await failure('GET', { rows })).toMatchObject({
      kind: 'malformed',
      sent: 'yes',
      status: 200,
      message: 'BigV’s answer doesn’t match its API: “machines.1.id” is missing or has the wrong type.',
    })
  })

  test('are no longer checked once the request is cancelled', async () => {
    bigv.answer = (_, response) => json(response, 200, [{ id: 1 }, {}])
    const leaving = new AbortController()
    const of = (data: unknown) => {
      leaving.abort(new Error('Another page.'))
      return data as Rows
    }
    const asked = request('GET', '/x', { schema: anything, rows: { ...rows, of }, signal: leaving.signal })
    await expect(asked).rejects.toThrow('Another page.')
  })
})

describe('the data of the last answer', () => {
  test('is returned again, as the same object, if a new answer has the same text', async () => {
    answers('[{"id": 1}]')
    const first = await read(undefined)
    expect(await read(first)).toBe(first)
    expect(await read(first)).toBe(first)
  })

  test('isn’t returned for a new answer with another text of the same length', async () => {
    answers('[{"id": 1}]')
    const first = await read(undefined)
    answers('[{"id": 2}]')
    const second = await read(first)
    expect(second).toEqual([{ id: 2 }])
    expect(await read(first)).toEqual(second)
    expect(await read(second)).toBe(second)
  })

  test('isn’t returned if the previous data in the cache didn’t come from BigV', async () => {
    answers('[{"id": 1}]')
    const ours = [{ id: 1 }]
    expect(await read(ours)).not.toBe(ours)
  })

  test('is still reused after a malformed answer', async () => {
    answers('[{"id": 1}]')
    const first = await read(undefined)
    answers('[{"id": "one"}]')
    await expect(read(first)).rejects.toThrow('“machines.0.id” is missing or has the wrong type')
    answers('[{"id": 1}]')
    expect(await read(first)).toBe(first)
  })
})
