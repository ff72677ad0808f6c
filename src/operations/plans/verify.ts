import { machineActionOf } from '../../actions/index.ts'
import { ApiError } from '../../api/errors.ts'
import { redacted } from '../../api/redact.ts'
import { fetchMachine, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { isDoneBy } from '../../actions/helpers.ts'
import { findingOf } from '../check.ts'
import type { Operation } from '../operation.ts'
import { showMachine } from '../machine-cache.ts'
import { inWords } from '../state.ts'
import type { Plan } from './plan.ts'

/**
 * Takes a plan and the operation that its answer has called done, reads the machine once more, and returns what shows that it is
 * not: BigV may answer as if it had done what it has dropped. Null where nothing shows that, or it cannot be read just then.
 */
export async function readsOtherwise(plan: Plan, operation: Operation): Promise<string | null> {
  const action = machineActionOf(operation.action)
  const { evidence, steps } = operation
  // Only the answer to a PUT shows the machine; the others end with a reading anyway.
  if (action === undefined || evidence === null || steps.at(-1)?.method !== 'PUT') return null
  const machine = await readWhereItIs(plan, operation)
  if (machine === null || machine.vm.deleted) return null
  const { vm, creating } = machine
  if (
    isDoneBy(findingOf(action, operation, { at: Date.now(), vm, creating, other: undefined, seen: evidence }))
  ) {
    return null
  }
  const now = action.name === plan.kind && action.expects ? valuesOf(plan, machine) : inWords(machine)
  return `BigV answered as if it were done, but read again it shows: ${now}.`
}

function valuesOf({ patch }: Plan, { vm }: MachineData): string {
  return Object.keys(patch)
    .filter((name) => redacted(vm[name] ?? null) !== (patch[name] ?? null))
    .map((name) => `${name} ${JSON.stringify(redacted(vm[name] ?? null))}`)
    .join(', ')
}

/** After a move it is in the new group, or still where it was. */
async function readWhereItIs(
  { target, movesTo, kind }: Plan,
  { action }: Operation,
): Promise<MachineData | null> {
  if (action !== kind || movesTo === null) return readOrNull(target, target.id)
  return (await readOrNull({ ...target, group: movesTo }, target.id)) ?? readOrNull(target, target.id)
}

async function readOrNull(ref: GroupRef, id: number): Promise<MachineData | null> {
  try {
    const machine = await fetchMachine(ref, id)
    showMachine(ref, machine)
    return machine
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
