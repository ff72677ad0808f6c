import { times, words } from '../rules/limits.ts'
import type { Backup, Disc, Id } from '../state/records.ts'
import type { Store } from '../state/store.ts'

// How backups are made and restored: docs/bigv-api.md#8-discs

/** Adds a backup of a disc as it is, and returns it; it is still to be moved away. */
export const addBackup = (store: Store, disc: Disc, now: number): Backup => {
  const id = store.backups.nextId()
  return store.backups.put({
    id,
    disc_id: disc.id,
    label: `${disc.label}-backup-${id}`,
    size: disc.size,
    storage_grade: disc.storage_grade,
    contents: disc.contents,
    created_at: Date.now(),
    arrives: now + times.backup,
  })
}

/** The backup of that number has arrived where backups are kept. */
export const endBackup = (store: Store, id: Id): void => {
  const backup = store.backups.get(id)
  if (backup) store.backups.put({ ...backup, storage_grade: words.backupGrade, arrives: null })
}

/** Begins to restore a backup; one of the disc as it is now is made first. */
export const startRestore = (store: Store, disc: Disc, { contents }: Backup, now: number): void => {
  addBackup(store, disc, now)
  store.discs.put({ ...disc, restoring: { due: now + times.restore, contents } })
}

/** The disc of that number has what was in the backup. */
export const endRestore = (store: Store, id: Id): void => {
  const disc = store.discs.get(id)
  if (disc?.restoring) store.discs.put({ ...disc, contents: disc.restoring.contents, restoring: null })
}
