import { ApiError } from '../../api/errors.ts'
import { redacted } from '../../api/redact.ts'
import { readMachine, type MachineReading } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { Action } from '../operation.ts'
import { shareReading } from '../readings.ts'
import { inWords } from '../state.ts'
import type { Plan } from './plan.ts'

/**
 * Takes a plan and the operation that its answer has called done, reads the machine once more, and returns what shows that it is
 * not: BigV may answer as if it had done what it has dropped. Null where nothing shows that, or it cannot be read just then.
 */
export async function readsOtherwise(plan: Plan, action: Action): Promise<string | null> {
  const wanted = WANTED[action]
  if (wanted === undefined) return null
  const reading = await readWhereItIs(plan, action)
  if (reading === null || reading.vm.deleted || wanted(plan, reading)) return null
  const now = action === 'change' ? valuesOf(plan, reading) : inWords(reading)
  return `BigV answered as if it were done, but read again it shows: ${now}.`
}

/** What a reading has to show of an operation whose end the answer to a PUT can tell; the others end with a reading anyway. */
const WANTED: Partial<Record<Action, (plan: Plan, reading: MachineReading) => boolean>> = {
  stop: (_, { vm }) => !vm.power_on,
  start: (_, { vm }) => vm.power_on,
  rescue: (_, { vm }) => vm.power_on,
  change: (plan, reading) => othersIn(plan, reading).length === 0,
}

function othersIn({ patch }: Plan, { vm }: MachineReading): string[] {
  return Object.keys(patch).filter((name) => redacted(vm[name] ?? null) !== (patch[name] ?? null))
}

function valuesOf(plan: Plan, reading: MachineReading): string {
  return othersIn(plan, reading)
    .map((name) => `${name} ${JSON.stringify(redacted(reading.vm[name] ?? null))}`)
    .join(', ')
}

/** After a move it is in the new group, or still where it was. */
async function readWhereItIs({ target, movesTo }: Plan, action: Action): Promise<MachineReading | null> {
  if (action !== 'change' || movesTo === null) return readOrNull(target, target.id)
  return (await readOrNull({ ...target, group: movesTo }, target.id)) ?? readOrNull(target, target.id)
}

async function readOrNull(ref: GroupRef, id: number): Promise<MachineReading | null> {
  try {
    const reading = await readMachine(ref, id)
    shareReading(ref, reading)
    return reading
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
