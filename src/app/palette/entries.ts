import { bind } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import type { AccountMachine } from '../../api/accounts.ts'
import { groupName, type Group } from '../../api/groups.ts'
import type { MachineData, VirtualMachine } from '../../api/virtual-machines.ts'
import { AUTOREBOOT, menuLabel, POWER_GROUPS, WHOLE, type Control } from '../../components/actions/menus.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { compareNatural, isId, segmentOf } from '../../lib/names.ts'

/** An entry of the palette: a page, group, machine or action. The query is matched against `text`, which is in lower case. */
export type Entry = { key: string; label: string; hint: string; text: string } & (
  | { kind: 'page' | 'group'; to: string }
  | { kind: 'machine'; to: string; ref: GroupRef; vm: VirtualMachine }
  | { kind: 'action'; action: Control; ref: GroupRef; machine: MachineData }
)

export type ActionEntry = Extract<Entry, { kind: 'action' }>
export type MachineEntry = Extract<Entry, { kind: 'machine' }>

/** An action in the palette. Its entry reads "Start web1": the verb and the machine's name. */
export interface PaletteAction {
  action: Control
  verb: string
  /** True if the action would change this machine. Without this function, the action is always offered. */
  changes?: (ref: GroupRef, vm: VirtualMachine) => boolean
  /** A side effect on this machine, to show as a hint; null if there is none. */
  sideEffect?: (vm: VirtualMachine) => string | null
}

/** The actions are in the same order as on a machine's page. */
export const PALETTE_ACTIONS: readonly PaletteAction[] = [
  ...[...POWER_GROUPS, WHOLE]
    .flatMap(({ actions }) => actions)
    .map((action) => ({ action, verb: action.label })),
  ...AUTOREBOOT.map((action): PaletteAction => ({
    action,
    verb: `${action.bulk?.menu ?? action.label}:`,
    changes: (ref, vm) => autorebootChange(bind(action).requests(ref, vm), vm.autoreboot_on) !== null,
    sideEffect: ({ power_on }) => (action.alsoStarts && !power_on ? 'starts it, too' : null),
  })),
]

/** The tabs of a machine's page, each with further search words. */
const TABS = [
  ['discs', 'Discs', 'backups'],
  ['network', 'Network', 'addresses reverse dns'],
  ['keys', 'Keys', ''],
  ['settings', 'Settings', 'rename move group cores memory cd keymap'],
] as const

export function pageEntries(account: string, groups: readonly Pick<Group, 'id' | 'name'>[]): Entry[] {
  const sorted = groups.toSorted((a, b) => compareNatural(a.name, b.name))
  const refs = sorted.map((group) => ({ ref: { account, group: segmentOf(group) }, name: group.name }))
  return [
    page('Overview', `of ${account}`, links.account(account)),
    page('All machines', `of ${account}`, links.allMachines(account)),
    page('Access', `to ${account}`, links.accountPrivileges(account), 'privileges'),
    page('Your access', 'privileges', links.privileges()),
    page('Activity', 'changes made in this session', links.activity()),
    page('Platform', 'distributions, grades, profiles, zones', links.platform()),
    page('SSH keys', 'yours', links.keys()),
    ...refs.map(({ ref, name }): Entry => ({
      kind: 'group',
      // The key is made from the link, because it becomes an HTML id, and a group's name may contain spaces.
      key: `group/${links.machines(ref)}`,
      label: name,
      hint: `group of ${account}`,
      text: `${name} group`.toLowerCase(),
      to: links.machines(ref),
    })),
    ...refs.map(({ ref, name }) => page('Access', `to ${name}`, links.groupPrivileges(ref), 'privileges')),
    ...refs.map(({ ref, name }) => page('Create machine', `in ${name}`, links.create(ref))),
    ...refs.map(({ ref, name }) => page('Deleted machines', `of ${name}`, links.deletedMachines(ref))),
  ]
}

export function machineEntries(account: string, fleet: readonly AccountMachine[]): MachineEntry[] {
  // Once per group, as looking up a name takes 2 µs.
  const groups = new Map<string, { ref: GroupRef; name: string }>()
  return fleet.map(({ group, vm }) => {
    let known = groups.get(group)
    if (known === undefined) {
      const ref = { account, group }
      groups.set(group, (known = { ref, name: groupName(ref) }))
    }
    const { ref, name: inGroup } = known
    return {
      kind: 'machine',
      key: `machine/${vm.id}`,
      label: vm.name,
      hint: inGroup,
      text: `${vm.name} ${inGroup} ${vm.id}`.toLowerCase(),
      to: links.machine(ref, vm.id),
      ref,
      vm,
    }
  })
}

/** Replaces the names of machines in these paths by their ids, as the palette's entries link to ids. */
export function withIds(paths: readonly string[], machines: readonly MachineEntry[]): string[] {
  const visited = new Set(paths)
  const byName = new Map<string, string>()
  for (const { ref, vm, to } of machines) {
    const named = links.machine(ref, vm.name)
    // A number in a path is an id.
    if (visited.has(named) && !isId(vm.name)) byName.set(named, to)
  }
  return [...new Set(paths.map((path) => byName.get(path) ?? path))]
}

/** A machine's actions, including disabled ones, and its pages. Only the first page names the group: all are of one machine. */
export function entriesOfMachine({ ref, vm, label, to }: MachineEntry): Entry[] {
  return [
    ...PALETTE_ACTIONS.flatMap((action) => actionEntries(action, ref, vm, '')),
    { ...page(`Open ${label}`, `in ${groupName(ref)}`, to), key: `open/${vm.id}` },
    ...TABS.map(([tab, name, words]) => page(name, `of ${label}`, links.machineTab(ref, vm.id, tab), words)),
  ]
}

/**
 * The entry for an action on a machine; empty if the action would change nothing. If the machine is still being created, the action is
 * refused later, before anything is sent.
 */
export function actionEntries(
  { action, verb, changes, sideEffect }: PaletteAction,
  ref: GroupRef,
  vm: VirtualMachine,
  inGroup = groupName(ref),
): ActionEntry[] {
  if (changes?.(ref, vm) === false) return []
  const label = menuLabel(action, `${verb} ${vm.name}`)
  const besides = sideEffect?.(vm)
  return [
    {
      kind: 'action',
      key: `${verb}/${vm.id}`,
      label,
      hint: [inGroup, besides].filter(Boolean).join(' · '),
      // Also finds the action by its name in BigV's API: "autoreboot off".
      text: `${label} ${action.name.replaceAll('_', ' ')}`.toLowerCase(),
      action,
      ref,
      machine: { vm, creating: false },
    },
  ]
}

function page(label: string, hint: string, to: string, words = ''): Entry {
  const text = `${label} ${hint} ${words}`.trim().toLowerCase()
  return { kind: 'page', key: `page/${to}`, label, hint, text, to }
}
