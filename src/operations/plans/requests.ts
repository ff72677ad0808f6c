import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { formatSpan } from '../../lib/times.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { PlannedRequest } from '../operation.ts'
import { requestsOf } from '../requests.ts'
import type { Planned } from './begin-plan.ts'

/**
 * Takes what a plan is to do and the machine that runs, and returns the requests that it will send, in order; `only` says of one
 * when it is sent at all.
 */
export function planRequests(
  ref: GroupRef,
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>,
  { kind, patch, image, movesTo, forceAfter }: Omit<Planned, 'ref' | 'id' | 'stated'>,
): (PlannedRequest & { only?: string })[] {
  const off = { ...vm, autoreboot_on: false }
  const only = `only if it has not shut down after ${formatSpan(forceAfter ?? 0)}`
  const forced = requestsOf('stop', ref, off).map((request) => Object.assign(request, { only }))
  const start = { autoreboot_on: vm.autoreboot_on }
  const rest = {
    change: () => [
      ...requestsOf('change', ref, off, { patch: patch ?? {} }),
      ...requestsOf('start', { ...ref, group: movesTo ?? ref.group }, off, start),
    ],
    reimage: () => requestsOf('reimage', ref, off, image === undefined ? {} : { image }),
    rescue: () => requestsOf('rescue', ref, off),
  }
  return [...requestsOf('shut_down', ref, vm), ...(forceAfter === null ? [] : forced), ...rest[kind]()]
}
