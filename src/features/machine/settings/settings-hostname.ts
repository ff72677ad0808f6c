import type { VirtualMachine } from '../../../api/virtual-machines.ts'

/**
 * Takes a machine, its new name, and its new group where it moves; returns the hostname that it will have, or null where the
 * present one is not `name.group.account.cluster`, which follows renames and moves (API reference, "Virtual machines").
 */
export function hostnameAfter(
  vm: Pick<VirtualMachine, 'name' | 'hostname'>,
  name: string,
  group: string | undefined,
): string | null {
  const { hostname } = vm
  if (!hostname?.startsWith(`${vm.name}.`)) return null
  const [oldGroup = '', ...rest] = hostname.slice(vm.name.length + 1).split('.')
  return rest.length < 2 ? null : [name, group ?? oldGroup, ...rest].join('.')
}
