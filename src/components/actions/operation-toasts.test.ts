import { beforeEach, expect, test, vi } from 'vitest'
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
const end = (given: Partial<ReturnType<typeof operation>>) => {
  putOperation(operation({ phase: 'waiting', target, ...given }))
  endOperation(given.key ?? '', 'done', '')
}
const offers = () => [...shown.values()].flatMap(({ action }) => action?.label ?? [])

test.each(['grant_privilege', 'send_keys'] as const)(
  'the offer to turn automatic restart back on stays after %s on the same machine',
  (action) => {
    end({ key: 'a', action: 'stop', autoreboot: { before: true, after: false } })
    end({ key: 'b', action, blocksNothing: true })
    expect([offers(), shown.size]).toEqual([['Start with automatic restart'], 2])
  },
)

test('the toast of a machine’s next action replaces the toast of the last one', () => {
  end({ key: 'a', action: 'stop', autoreboot: { before: true, after: false } })
  end({ key: 'b', action: 'start' })
  expect([offers(), shown.size]).toEqual([[], 1])
})
