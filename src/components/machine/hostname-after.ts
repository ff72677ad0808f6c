import type { VirtualMachine } from '../../api/virtual-machines.ts'

/**
 * The hostname after a rename or a move, or null if nobody can predict it: only hostnames of the form `name.group.account.cluster` follow
 * renames and moves (docs/bigv-api.md#7-virtual-machines).
 * @param group the target group of a move
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
