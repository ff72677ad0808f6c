import { pageOf, actions } from '../../actions/index.ts'
import { addressesOf } from '../../api/virtual-machines.ts'
import type { AccountOverview } from '../../api/accounts.ts'
import { links } from '../../lib/links.ts'
import { compareNatural, segmentOf } from '../../lib/names.ts'
import type { Operation } from '../../operations/operation.ts'
import { pendingInWords, pendingKey, type PendingChange } from '../../operations/pending-restart.ts'
import { facetOf, stateOf } from '../../operations/state.ts'
import { runningOn } from '../../operations/store.ts'

/** Machines that need attention for the same reason. */
export interface Attention {
  kind: 'should be on' | 'unclear' | 'waits for a restart' | 'holds addresses' | 'off'
  /** `group`: the machine's group, if another machine of the account has the same name. */
  machines: { key: string; name: string; group: string | null; to: string }[]
  text: string
  /** The list of these machines. */
  to: string
}

interface Known {
  account: string
  groups: AccountOverview['groups']
  /** The ids of the machines that have been restarting for too long. */
  shouldBeOn: ReadonlySet<number>
  pending: Readonly<Record<string, readonly PendingChange[]>>
  operations: readonly Operation[]
}

/** What needs attention in an account, the most urgent first. */
export function attentionOf({ account, groups, shouldBeOn, pending, operations }: Known): Attention[] {
  const groupIfShared = groupsOfSharedNames(groups)
  const machines = groups
    .flatMap((group) =>
      (group.virtual_machines ?? []).map((vm) => ({
        vm,
        key: String(vm.id),
        name: vm.name ?? `machine ${vm.id}`,
        group: groupIfShared(vm.name, segmentOf(group)),
        to: links.machine({ account, group: segmentOf(group) }, vm.id),
      })),
    )
    .toSorted((a, b) => compareNatural(a.name, b.name))
  const changesOf = (id: number) => pending[pendingKey(account, id)] ?? []
  const isOff = ({ vm }: (typeof machines)[number]) => {
    if (vm.power_on || vm.deleted || shouldBeOn.has(vm.id)) return false
    const { power_on, autoreboot_on = false } = vm
    return (
      facetOf(stateOf({ power_on, autoreboot_on }, false, runningOn(operations, vm.id)), false) === 'stopped'
    )
  }
  const overdue = machines.filter(({ vm }) => shouldBeOn.has(vm.id) && !vm.deleted)
  const waiting = machines.filter(({ vm }) => !vm.deleted && changesOf(vm.id).length > 0)
  const holding = machines.filter(({ vm }) => vm.deleted && addressesOf(vm.network_interfaces).length > 0)
  const off = machines.filter(isOff)
  const unclear = unclearOn(account, operations)
  const [first] = waiting
  const found: Attention[] = [
    {
      kind: 'should be on',
      machines: overdue,
      text: 'Should be on: off for more than a minute',
      to: links.searchAll(account, 'is:restarting is:stopped'),
    },
    {
      kind: 'unclear',
      machines: unclear.map((operation) => ({
        key: operation.key,
        name: operation.target.name,
        group: groupIfShared(operation.target.name, operation.target.group),
        to: pageOf(operation),
      })),
      text:
        unclear.length === 1 && unclear[0]
          ? `${actions[unclear[0].action].label}: outcome unclear`
          : 'Outcome unclear',
      to: `${links.activity()}?outcome=unclear`,
    },
    {
      kind: 'waits for a restart',
      machines: waiting,
      text:
        waiting.length === 1 && first
          ? `Waits for a restart: ${pendingInWords(changesOf(first.vm.id))}`
          : 'Changes wait for a restart',
      to: links.searchAll(account, 'is:waiting'),
    },
    {
      kind: 'holds addresses',
      machines: holding,
      text: holding.length === 1 ? 'Deleted, still holds addresses' : 'Deleted, still hold addresses',
      to: links.searchAll(account, 'is:deleted'),
    },
    { kind: 'off', machines: off, text: 'Off', to: links.searchAll(account, 'is:stopped') },
  ]
  return found.filter((each) => each.machines.length > 0)
}

/** Returns the name of a machine's group if more than one machine has that name, and null if the name is enough. */
function groupsOfSharedNames(groups: Known['groups']) {
  const times = new Map<string | undefined, number>()
  for (const { name } of groups.flatMap((group) => group.virtual_machines ?? []))
    times.set(name, (times.get(name) ?? 0) + 1)
  const names = new Map<string | undefined, string>(groups.map((group) => [segmentOf(group), group.name]))
  return (machine: string | undefined, segment: string | undefined): string | null =>
    (times.get(machine) ?? 0) > 1 ? (names.get(segment) ?? segment ?? null) : null
}

/** The account's operations with an unclear outcome, newest first, unless a later operation on the same target was done. */
function unclearOn(account: string, operations: readonly Operation[]): Operation[] {
  const settled = new Set<string>()
  return operations.toReversed().filter(({ target, outcome }) => {
    if (target.account !== account || (outcome !== 'done' && outcome !== 'unclear')) return false
    const key = JSON.stringify(target.id ?? [target.group, target.name])
    const isNew = !settled.has(key)
    settled.add(key)
    return isNew && outcome === 'unclear'
  })
}
