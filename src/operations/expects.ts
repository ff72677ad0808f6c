import { redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { backupExpected } from './done-backup.ts'
import { swapExpected } from './done-swap.ts'
import type { Action } from './operation.ts'
import type { Params } from './requests.ts'

/**
 * Takes an action and what it carries and returns what has to be read back, or null. Without secrets, as the record is kept and
 * shared; readings are compared without them, too.
 */
export function expected(action: Action, { patch, disc }: Params): Record<string, unknown> | null {
  if (action === 'change') return withoutSecrets(patch ?? {})
  if (disc === undefined) return null
  return { ...(disc.id !== undefined && { id: disc.id }), ...disc.attributes }
}

/** Takes also what was read before it, and returns what has to be read back where that follows from it, else null. */
export function expectedFrom(
  action: Action,
  { disc, swap }: Params,
  vm: VirtualMachine,
  other: VirtualMachine | undefined,
): Record<string, unknown> | null {
  if (action === 'backup_disc') return backupExpected(vm.discs?.find(({ id }) => id === disc?.id))
  return swap && other ? swapExpected(vm, other, swap.move_additional_ips) : null
}

function withoutSecrets(patch: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, redacted(value)]))
}
