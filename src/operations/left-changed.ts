import { actions, simpleActionOf } from '../actions/index.ts'
import type { Operation } from './operation.ts'

/**
 * What the last action on a machine left of autoreboot_on, if the user may want it put back: after a failure or a re-image, the value from
 * before the first of the user's changes. Null if the value is the same, or an action has done what it is for.
 */
export function leftChanged(all: readonly Operation[], machine: number): Operation['autoreboot'] {
  let first: boolean | null = null
  let last: Operation | undefined
  for (const operation of all) {
    const { action, autoreboot, blocksNothing, outcome, target } = operation
    if (target.id !== machine || blocksNothing || actions[action].on !== 'machine') continue
    last = operation
    if (autoreboot === null) continue
    // A value other than the one that the actions before left was set elsewhere, and theirs no longer counts.
    if (first === null || autoreboot.before === first) first = autoreboot.before
    const chosen = simpleActionOf(action)?.menu === 'autoreboot' && outcome === 'done'
    if (chosen || autoreboot.after === first) first = null
  }
  if (first === null || last?.phase !== 'ended') return null
  if (last.outcome === 'done' && last.action !== 'reimage') return null
  return { before: first, after: !first }
}
