import { expect } from 'vitest'
import { failWhen, type Received } from '../../../api/testing/simulated-bigv.ts'
import type { Plan } from '../../plan.ts'
import { operations } from '../../store.ts'
import type { MachineAtBigv } from '../../testing/machine-at-bigv.ts'
import { resumePlan } from '../control.ts'
import { planSummary } from '../plan-summary.ts'
import { rolesOf, SYSTEM, untilPlan, writtenFor, type Kind, type Written } from './plan-at-bigv.ts'

/** Each write of a change. For the other kinds, only the main action. */
export const FAILING: readonly (readonly [Kind, Written])[] = [
  ...rolesOf('change').map((role) => ['change', role] as const),
  ['change', 'keep off'],
  ['reimage', 'action'],
  ['rescue', 'action'],
]

export const ended = ({ phase }: Plan): boolean => phase !== 'running'

/** Expects the page's sentences about a plan to match BigV's state. */
export async function expectTruth(bigv: MachineAtBigv, plan: Plan): Promise<string> {
  const vm = await bigv.vm()
  const said = planSummary(plan, { vm, creating: false }, operations()).join(' ')
  if (vm.deleted) expect(said).toContain('The machine is deleted.')
  else expect(said).toContain(vm.power_on ? 'On.' : 'Off.')
  const differs = !vm.deleted && !vm.autoreboot_on
  expect(said.includes('Automatic restart is off; before the plan it was on.'), said).toBe(differs)
  if (plan.action === 'change') {
    const made = vm.cores === 2 && vm.memory === 512
    expect(said).toContain(
      made ? 'The change was made.' : vm.cores === 1 ? 'The change was not made.' : 'cores is 4',
    )
  }
  const isInstalled = vm.last_imaged_with === SYSTEM
  if (said.includes('The machine was not re-imaged')) expect(isInstalled).toBe(false)
  if (said.includes('The machine was re-imaged')) expect(isInstalled).toBe(true)
  const rescues = (await bigv.received()).filter((each) => each.method !== 'GET' && isRescue(each))
  if (said.includes('The rescue system was not started'))
    expect(rescues.filter(({ status }) => status === 200)).toEqual([])
  if (said.includes('BigV was asked to boot the rescue system')) expect(rescues).not.toEqual([])
  return said
}

const isRescue = ({ body }: Received) => typeof body === 'object' && body !== null && 'appliance' in body

/** Expects that no write was sent twice. */
export async function expectSentOnce(bigv: MachineAtBigv): Promise<void> {
  const sent = (await bigv.writes()).map((write) => JSON.stringify(write))
  expect(sent).toEqual([...new Set(sent)])
}

/** Makes the first write for this step end with `fault`. */
export const failOnce = (bigv: MachineAtBigv, action: Written, fault: Parameters<typeof failWhen>[2]): void =>
  failWhen(bigv, (received) => writtenFor(received) === action, fault)

/** Resumes a halted plan, and expects it to finish with the machine on. */
export async function resumesToEnd(bigv: MachineAtBigv, plan: Plan, kind: Kind): Promise<void> {
  resumePlan(plan.key, await bigv.vm())
  const after = await untilPlan(plan.key, ended)
  expect(after.note).toBe('')
  expect(after.phase).toBe('done')
  await expectTruth(bigv, after)
  expect(await bigv.vm()).toMatchObject({ power_on: true, autoreboot_on: kind !== 'reimage' })
}

/** Long enough for any further request to be sent. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30))
}
