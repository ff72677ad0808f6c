// @vitest-environment happy-dom
import { createElement } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { machineData, REF } from '../../api/testing/machines.ts'
import { operation } from '../../operations/testing/samples.ts'
import { renderPage } from '../../testing/render-page.ts'
import { OperationNotice } from './operation-notice.tsx'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

afterEach(() => vi.useRealTimers())

/** The notice of a restart that has been overdue since the machine's last fetch. */
async function overdueRestart(offSeen: boolean): Promise<string> {
  vi.useFakeTimers({ toFake: ['Date'], now: 200_000 })
  const evidence = { answeredAt: 10_000, headBefore: 'head1', offSeen, headMoved: false, timesSeenOn: 1 }
  const machine = machineData({ power_on: !offSeen })
  const restart = operation({ action: 'restart', evidence })
  const notice = createElement(OperationNotice, { operation: restart, group: REF, machine })
  return await renderPage([{ path: '*', element: notice }], '/')
}

test('the user can mark an overdue restart as done only if the machine was never seen off', async () => {
  const missed = await overdueRestart(false)
  expect(missed).toContain('Mark as restarted')
  expect(missed).toContain('The guest may ignore the power button')
  const off = await overdueRestart(true)
  expect(off).not.toContain('Mark as restarted')
  expect(off).toContain('The guest has shut down, but the machine isn’t running again yet.')
})
