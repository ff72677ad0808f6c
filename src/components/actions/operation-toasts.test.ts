import { beforeEach, expect, test, vi } from 'vitest'
import type { Outcome } from '../../operations/operation.ts'
import { endOperation, putOperation } from '../../operations/store.ts'
import { operation } from '../../operations/testing/samples.ts'
import type { ToastOptions } from '../../ui/toast.ts'
import { toastOperationEnds } from './operation-toasts.ts'

/** The shown toasts by id, as a toast replaces the one with its id. */
const shown = vi.hoisted(() => new Map<string | undefined, ToastOptions>())

vi.mock('../../ui/toast.ts', () => ({ toast: (options: ToastOptions) => shown.set(options.id, options) }))

toastOperationEnds()
beforeEach(() => shown.clear())

const target = { account: 'acme', group: 'default', id: 7, name: 'web' }
const end = (given: Partial<ReturnType<typeof operation>>, outcome: Outcome = 'done') => {
  putOperation(operation({ phase: 'waiting', target, ...given }))
  endOperation(given.key ?? '', outcome, given.note ?? '')
}
const offers = () => [...shown.values()].flatMap(({ action }) => action?.label ?? [])

test('offers nothing to put back after an ordinary shutdown or start', () => {
  end({ key: 'a', action: 'shut_down', autoreboot: { before: true, after: false } })
  expect(offers()).toEqual([])
  end({ key: 'b', action: 'start', autoreboot: { before: false, after: true } })
  expect([offers(), shown.size]).toEqual([[], 1])
})

test.each(['grant_privilege', 'send_keys'] as const)(
  'the offer to turn automatic restart back on stays after %s on the same machine',
  (action) => {
    end({ key: 'c', action: 'shut_down', autoreboot: { before: true, after: false } }, 'refused')
    end({ key: 'd', action, blocksNothing: true })
    expect([offers(), shown.size]).toEqual([['Turn automatic restart back on'], 2])
  },
)

test('the toast of an unclear result says the state in a few words, and the rest in its details', () => {
  end(
    {
      key: 'e',
      action: 'stop',
      label: 'Force stop',
      // Another machine: what the tests above have left changed would be said, too.
      target: { ...target, id: 8 },
      note: 'BigV may or may not have done it.',
      shows: 'Still running at 14:03:22.',
    },
    'unclear',
  )
  expect([...shown.values()]).toMatchObject([
    {
      title: 'Force stop web: no clear answer',
      text: 'Still running at 14:03:22.',
      details: expect.stringContaining('may or may not'),
      stateFirst: true,
      action: { label: 'Send again' },
    },
  ])
})
