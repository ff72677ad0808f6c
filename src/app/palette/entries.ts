import type { FleetMachine } from '../../api/fleet.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { compareNatural } from '../../lib/names.ts'
import { DEEDS, type Deed } from './deeds.ts'

/** Something to go to or to do. `text` is what is searched, in lower case. */
export type Entry = { key: string; label: string; hint: string; text: string } & (
  | { kind: 'page' | 'group'; to: string }
  | { kind: 'machine'; to: string; ref: GroupRef; vm: VirtualMachine }
  | { kind: 'action'; deed: Deed; ref: GroupRef; machine: MachineData }
)

export type ActionEntry = Extract<Entry, { kind: 'action' }>
export type MachineEntry = Extract<Entry, { kind: 'machine' }>

const TABS = [
  ['discs', 'Discs'],
  ['network', 'Network'],
  ['keys', 'Keys'],
  ['settings', 'Settings'],
] as const

/** The pages that there are, and the groups with what is done in them. */
export function pageEntries(account: string, groups: readonly string[]): Entry[] {
  const sorted = groups.toSorted(compareNatural)
  return [
    page('Overview', account, links.account(account)),
    page('All machines', `of ${account}`, links.allMachines(account)),
    page('Privileges', account, links.accountPrivileges(account)),
    page('Privileges', 'yours', links.privileges()),
    page('Activity', 'what was changed in this session', links.activity()),
    page('Platform', 'distributions, grades, profiles, zones', links.platform()),
    page('SSH keys', 'yours', links.keys()),
    ...sorted.map((group): Entry => ({
      kind: 'group',
      // Ids are made of keys: a name may have spaces in it.
      key: `group/${links.machines({ account, group })}`,
      label: group,
      hint: `group of ${account}`,
      text: `${group} group`.toLowerCase(),
      to: links.machines({ account, group }),
    })),
    ...sorted.map((group) => page('Privileges', `of ${group}`, links.groupPrivileges({ account, group }))),
    ...sorted.map((group) => page('Create machine', `in ${group}`, links.create({ account, group }))),
    ...sorted.map((group) =>
      page('Deleted machines', `of ${group}`, `${links.machines({ account, group })}?deleted=only`),
    ),
  ]
}

/** The machines of an account. */
export function machineEntries(account: string, fleet: readonly FleetMachine[]): MachineEntry[] {
  return fleet.map(({ group, vm }) => {
    const ref = { account, group }
    return {
      kind: 'machine',
      key: `machine/${vm.id}`,
      label: vm.name,
      hint: group,
      text: `${vm.name} ${group} ${vm.id}`.toLowerCase(),
      to: links.machine(ref, vm.name),
      ref,
      vm,
    }
  })
}

/** What can be done to a machine, refused or not, and the pages that it has. */
export function entriesOfMachine({ ref, vm, label, to }: MachineEntry): Entry[] {
  return [
    ...DEEDS.flatMap((deed) => deedEntries(deed, ref, vm)),
    { ...page(`Open ${label}`, ref.group, to), key: `open/${vm.id}` },
    ...TABS.map(([tab, name]) => page(name, `of ${label}`, `${to}?tab=${tab}`)),
  ]
}

/**
 * What is done to a machine, or nothing where that would change nothing. The list does not say whether a machine is still being made;
 * the reading before the write does.
 */
export function deedEntries(deed: Deed, ref: GroupRef, vm: VirtualMachine): ActionEntry[] {
  if (deed.changes?.(vm) === false) return []
  const label = `${deed.verb} ${vm.name}`
  const besides = deed.besides?.(vm)
  return [
    {
      kind: 'action',
      key: `${deed.verb}/${vm.id}`,
      label,
      hint: besides ? `${ref.group} · ${besides}` : ref.group,
      text: label.toLowerCase(),
      deed,
      ref,
      machine: { vm, creating: false },
    },
  ]
}

function page(label: string, hint: string, to: string): Entry {
  return { kind: 'page', key: `page/${to}`, label, hint, text: `${label} ${hint}`.toLowerCase(), to }
}
