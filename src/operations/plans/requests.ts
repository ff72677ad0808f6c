import { bind, type PlannedRequest } from '../../actions/action.ts'
import { shutDown, start, stop } from '../../actions/power.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { formatSpan } from '../../lib/times.ts'
import type { GroupRef } from '../../lib/links.ts'
import { boundMain, type Main } from './begin-plan.ts'
import { guidedOf } from './wording.ts'

/**
 * Takes what a plan is to do and the machine that runs, and returns the requests that it will send, in order; `only` says of one
 * when it is sent at all.
 */
export function planRequests(
  ref: GroupRef,
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>,
  planned: Main & { forceAfter: number | null },
): (PlannedRequest & { only?: string })[] {
  const { forceAfter, kind } = planned
  const off = { ...vm, autoreboot_on: false }
  const only = `only if it has not shut down after ${formatSpan(forceAfter ?? 0)}`
  const forced = bind(stop)
    .requests(ref, off)
    .map((request) => Object.assign(request, { only }))
  const moved = { ...ref, group: (kind === 'change' ? planned.movesTo : null) ?? ref.group }
  const again = guidedOf(kind).startsAgain
    ? bind(start, { autoreboot_on: vm.autoreboot_on }).requests(moved, off)
    : []
  return [
    ...bind(shutDown).requests(ref, vm),
    ...(forceAfter === null ? [] : forced),
    ...boundMain(planned).requests(ref, off),
    ...again,
  ]
}
