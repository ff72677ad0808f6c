import { afterEach, describe, expect, test } from 'vitest'
import {
  blockingOn,
  clearOperations,
  endOperation,
  findOperation,
  isAwaited,
  onOperationEnd,
  operationEnd,
  operations,
  putOperation,
  removeOperation,
  runningOn,
  subscribeOperations,
  updateOperation,
} from './store.ts'
import { operation } from './testing/samples.ts'

const target = (id: number) => ({ account: 'acme', group: 'default', id, name: 'web' })
const keys = () => operations().map(({ key }) => key)

describe('the store of operations', () => {
  afterEach(clearOperations)

  test('keeps operations in order, oldest first, even if one changes', () => {
    putOperation(operation({ key: 'a' }))
    putOperation(operation({ key: 'b' }))
    putOperation(operation({ key: 'a', note: 'new' }))
    expect(keys()).toEqual(['a', 'b'])
    expect(findOperation('a')?.note).toBe('new')
    removeOperation('a')
    expect(keys()).toEqual(['b'])
  })

  test('drops the oldest ended operations beyond a hundred, but never a running one', () => {
    putOperation(operation({ key: 'flying' }))
    for (let i = 0; i < 250; i++) {
      putOperation(operation({ key: `${i}` }))
      endOperation(`${i}`, 'done', '')
    }
    expect(operations().length).toBeLessThanOrEqual(102)
    expect(keys()[0]).toBe('flying')
    expect(keys().at(-1)).toBe('249')
    expect(keys()).not.toContain('100')
    expect(keys()).toContain('200')
  })

  test('ends an operation only once, and notifies once', () => {
    const notified: unknown[] = []
    const end = onOperationEnd(({ key, outcome, note }) => notified.push([key, outcome, note]))
    putOperation(operation({ key: 'a' }))
    endOperation('a', 'done', 'well')
    endOperation('a', 'superseded', 'too late')
    endOperation('nobody', 'done', '')
    end()
    putOperation(operation({ key: 'b' }))
    endOperation('b', 'done', '')
    expect(notified).toEqual([['a', 'done', 'well']])
    expect(findOperation('a')).toMatchObject({
      phase: 'ended',
      outcome: 'done',
      note: 'well',
      endedAt: expect.any(Number),
    })
  })

  test('never changes the phase of an ended operation', () => {
    putOperation(operation({ key: 'a' }))
    endOperation('a', 'no longer watching', '')
    updateOperation('a', { phase: 'waiting', evidence: null })
    expect(findOperation('a')).toMatchObject({ phase: 'ended', outcome: 'no longer watching' })
  })

  test('doesn’t bring back a removed operation', () => {
    expect(updateOperation('gone', { note: 'x' })).toBeUndefined()
    expect(operations()).toEqual([])
  })

  test('notifies its listeners of each change', () => {
    let notified = 0
    const end = subscribeOperations(() => notified++)
    putOperation(operation({ key: 'a' }))
    updateOperation('a', { note: 'x' })
    removeOperation('a')
    end()
    putOperation(operation({ key: 'b' }))
    expect(notified).toBe(3)
  })

  test('finds the operation that is shown for a machine, and the one that blocks it', () => {
    putOperation(operation({ key: 'old', target: target(1) }))
    putOperation(operation({ key: 'new', target: target(1), phase: 'checking' }))
    putOperation(operation({ key: 'keys', target: target(1), action: 'send_keys' }))
    putOperation(operation({ key: 'other', target: target(2) }))
    expect(runningOn(operations(), 1)?.key).toBe('old')
    expect(blockingOn(operations(), 1)?.key).toBe('new')
    updateOperation('new', { phase: 'waiting' })
    expect(runningOn(operations(), 1)?.key).toBe('new')
    endOperation('new', 'done', '')
    expect(runningOn(operations(), 1)?.key).toBe('old')
    expect(blockingOn(operations(), 1)?.key).toBe('old')
    endOperation('old', 'done', '')
    expect(runningOn(operations(), 1)).toBeUndefined()
    expect(runningOn(operations(), 2)?.key).toBe('other')
  })

  test('stops waiting for the end of an operation that is dropped', async () => {
    const { signal } = new AbortController()
    putOperation(operation({ key: 'a' }))
    putOperation(operation({ key: 'b' }))
    const ends = [operationEnd('a', signal), operationEnd('b', signal)]
    removeOperation('a')
    expect([isAwaited('a'), isAwaited('b')]).toEqual([false, true])
    clearOperations()
    expect(await Promise.all(ends)).toEqual([null, null])
    expect(isAwaited('b')).toBe(false)
  })
})
