import { simpleActions } from '../../actions/index.ts'
import {
  achievedNote,
  hasActedSince,
  isIn,
  machineIn,
  onGroupFetched,
  type GroupFetch,
} from '../activity/later-findings.ts'
import { batches, type Batch, type BatchItem } from './batch.ts'
import { correctItem, notifyAgain } from './bulk.ts'
import { changeSeen } from './control.ts'

/** Corrects the reports of batches when a later fetch shows that an unclear machine was done. Call once. */
export function correctBatches(): void {
  onGroupFetched((group) => {
    for (const batch of batches.get()) {
      const found = batch.items.filter((item) => correct(batch, item, group))
      if (found.length > 0) notifyAgain(batch.key)
    }
  })
}

function correct({ key, action }: Batch, item: BatchItem, group: GroupFetch): boolean {
  const { id, operation, result, ref, begunAt, endedAt } = item
  if (result !== 'unclear' || !isIn(group, ref)) return false
  if ((group.begunAt ?? Infinity) < (endedAt ?? 0) || hasActedSince(id, operation, begunAt ?? 0)) return false
  const note = achievedNote(group, id, simpleActions[action].isAchieved)
  if (note === null) return false
  const autoreboot = item.autoreboot ?? changeSeen(item, machineIn(group, id) ?? null)
  correctItem(key, id, { note, autoreboot })
  return true
}
