import { expect } from 'vitest'
import type { Plan } from '../../plan.ts'
import { operations } from '../../store.ts'
import type { MachineAtBigv, status } from '../../testing/machine-at-bigv.ts'
import { resumePlan } from '../control.ts'
import { whatIsLeft } from '../what-is-left.ts'
import { rolesOf, untilPlan, writtenFor, type Kind, type Written } from './plan-at-bigv.ts'

/** Each write of a change, and of the others what differs: the action itself. */
export const FAILING: readonly (readonly [Kind, Written])[] = [
  ...rolesOf('change').map((role) => ['change', role] as const),
  ['change', 'keep off'],
  ['reimage', 'action'],
  ['rescue', 'action'],
]

export const ended = ({ phase }: Plan): boolean => phase !== 'running'

/** The writes that were received, in order. */
export const writesOf = (bigv: MachineAtBigv): unknown[] => bigv.log().filter((entry) => entry !== 'GET')

/** That what the page says of a plan is what BigV has. */
export function expectTruth(bigv: MachineAtBigv, plan: Plan): string {
  const { vm } = bigv
  const said = whatIsLeft(plan, { vm: { ...vm }, creating: false }, operations()).join(' ')
  if (vm.deleted) expect(said).toContain('It is deleted.')
  else expect(said).toContain(vm.power_on ? 'On.' : 'Off.')
  const differs = !vm.deleted && !vm.autoreboot_on
  expect(said.includes('autoreboot_on is no; before this it was yes.'), said).toBe(differs)
  if (plan.action === 'change') {
    const made = vm.cores === 2 && vm.memory === 512
    expect(said).toContain(made ? 'The change is made.' : vm.cores === 1 ? 'is not made' : 'cores reads 4')
  }
  if (said.includes('It was not re-imaged')) expect(bigv.installed).toBe(0)
  if (said.includes('It was re-imaged')) expect(bigv.installed).toBeGreaterThan(0)
  if (said.includes('The rescue system was not started')) expect(vm['appliance']).toBeUndefined()
  if (said.includes('The rescue system was asked for')) expect(vm['appliance']).toBeDefined()
  return said
}

/** That no write was sent twice. */
export function expectSentOnce(bigv: MachineAtBigv): void {
  const sent = writesOf(bigv).map((write) => JSON.stringify(write))
  expect(sent).toEqual([...new Set(sent)])
}

/** Has this BigV answer the first write for a step thus. */
export function failOnce(bigv: MachineAtBigv, action: Written, answer: ReturnType<typeof status>): void {
  let failed = false
  bigv.intercept = (request) => {
    if (failed || writtenFor(request) !== action) return undefined
    failed = true
    return answer
  }
}

/** Resumes a halted plan and expects it to come to its end; but not to re-image, or rescue, what may have been. */
export async function goesOn(bigv: MachineAtBigv, plan: Plan, kind: Kind): Promise<void> {
  resumePlan(plan.key, bigv.vm)
  const after = await untilPlan(plan.key, ended)
  expect(after.note).toBe('')
  expect(after.phase).toBe('done')
  expectTruth(bigv, after)
  expect(bigv.vm).toMatchObject({ power_on: true, autoreboot_on: kind !== 'reimage' })
}

/** Long enough for what might still be sent. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30))
}
