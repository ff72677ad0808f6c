import { bind } from '../../actions/action.ts'
import { shutDown, stop } from '../../actions/power.ts'
import { beginOperation } from '../run.ts'
import type { Operation } from '../operation.ts'
import { AGAIN_MS, pause } from './pause.ts'
import type { Plan } from './plan.ts'

interface Forced {
  /** Resolves when the guest has had its time; never, where the plug is not to be pulled. */
  wait: Promise<'forced'>
  cancel: () => void
}

/** Takes the operation that waits for the guest, and after how many ms of that the plug is pulled (null: never). */
export function untilForced({ action, phase, evidence }: Operation, forceAfter: number | null): Forced {
  if (forceAfter === null || action !== shutDown.name || phase !== 'waiting' || evidence === null) {
    return { wait: new Promise(() => {}), cancel() {} }
  }
  let timer: ReturnType<typeof setTimeout>
  const wait = new Promise<'forced'>((resolve) => {
    const left = evidence.answeredAt + forceAfter - Date.now()
    timer = setTimeout(() => resolve('forced'), Math.max(0, left))
  })
  return { wait, cancel: () => clearTimeout(timer) }
}

/** Stops the machine in place of the shutdown that it has not followed. It is read first, and may be off by then. */
export async function pullThePlug({ key, target }: Plan, { autoreboot }: Operation): Promise<void> {
  const { id, name } = target
  const decidedOn = { name, power_on: true, autoreboot_on: autoreboot?.after ?? false }
  const begun = await beginOperation({ bound: bind(stop), ref: target, id, name, decidedOn, plan: key })
  // The watch will see what is so, or the next attempt can read it.
  if (begun.is !== 'begun') await pause(AGAIN_MS)
}
