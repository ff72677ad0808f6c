// @vitest-environment happy-dom
import { createElement as h, type ReactElement } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bind } from '../actions/action.ts'
import { change } from '../actions/hardware.ts'
import { machineData } from '../api/testing/machines.ts'
import { SendPresses } from '../features/keys/send-presses.tsx'
import { PlanPanel } from '../features/machine/plan-panel.tsx'
import { PlanDialog } from '../features/plan/plan-dialog.tsx'
import { ReimageDialog } from '../features/reimage/reimage-dialog.tsx'
import { clearOperations, planStore, putOperation } from '../operations/store.ts'
import { operation, plan } from '../operations/testing/samples.ts'
import { signIn } from '../session/session.ts'
import { CREDENTIALS } from '../api/testing/calls.ts'
import { answerRequests, fetchAll, goodAnswers, REF, renderPage } from '../testing/render-page.ts'

// Renders what lasts longer than the 15 minutes for which BigV accepts an OTP.

const MINUTE_MS = 60_000
/** The session's OTP is valid from here for 15 minutes. */
const SIGNED_IN = Date.UTC(2026, 0, 1, 12)

vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  answerRequests()
  vi.useFakeTimers({ toFake: ['Date'], now: SIGNED_IN + 14 * MINUTE_MS })
  signIn(CREDENTIALS, false, SIGNED_IN)
  const privilege = { id: 8, level: 'vm_admin', username: 'demo', virtual_machine_id: 7 }
  const required = { ...privilege, yubikey_required: true, yubikey_otp_max_age: 900 }
  await fetchAll({ ...goodAnswers, 'GET /users/demo/privileges': [required] })
})
afterEach(() => {
  planStore.set([])
  clearOperations()
  vi.useRealTimers()
})

const render = (element: ReactElement) => renderPage([{ path: '*', element }], '/')
const machine = machineData({ power_on: true })

/** As if this action had been done once, and taken so long. */
const took = (action: 'shut_down' | 'change', ms: number) =>
  putOperation(operation({ key: action, action, phase: 'ended', outcome: 'done', begunAt: 0, endedAt: ms }))

test('a plan’s dialog and panel say how many steps would be sent after the OTP expires', async () => {
  const bound = bind(change, { attributes: { cores: 2 }, movesTo: null })
  const dialog = () => render(h(PlanDialog, { group: REF, machine, bound, onClose: () => {} }))
  const panel = () => render(h(PlanPanel, { group: REF, machine, plan: plan() }))
  const reimage = h(ReimageDialog, { group: REF, machine, onClose: () => {} })
  for (const html of [await dialog(), await render(reimage)])
    expect(html).toMatch(/Your OTP expires at \d\d:15\./)
  took('shut_down', 2 * MINUTE_MS)
  took('change', 1_000)
  expect(await dialog()).toMatch(/2 of 3 steps would be sent after your OTP expires at \d\d:15\./)
  expect(await panel()).toMatch(/2 of 3 steps would be sent after your OTP expires at \d\d:15\./)
})

test('the key presses’ dialog says how many would be sent after the OTP expires', async () => {
  const presses = Array.from({ length: 1_000 }, () => 'a')
  const page = () =>
    render(
      h(SendPresses, {
        group: REF,
        machine,
        presses,
        reasonIfEmpty: '',
        problem: null,
        onSent: () => {},
        children: null,
      }),
    )
  expect(await page()).toMatch(/400 of 1000 key presses would be sent after your OTP expires at \d\d:15\./)
  const expects = { presses: 1_000, everyMs: 250 }
  putOperation(
    operation({
      action: 'send_keys',
      phase: 'sending',
      target: { ...REF, id: machine.vm.id, name: 'web' },
      expects,
    }),
  )
  expect(await page()).toMatch(/760 of 1000 key presses would be sent after your OTP expires at \d\d:15\./)
})
