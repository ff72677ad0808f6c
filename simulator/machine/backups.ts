import { times, words } from '../rules/limits.ts'
import type { Backup, Disc, Id } from '../state/records.ts'
import type { Store } from '../state/store.ts'

// Making and restoring backups: docs/bigv-api.md#8-discs

/** Adds a backup of a disc. It starts on the disc's own storage, and is moved to backup storage in the background. */
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

/** Marks a backup as moved to backup storage. */
export const endBackup = (store: Store, id: Id): void => {
  const backup = store.backups.get(id)
  if (backup) store.backups.put({ ...backup, storage_grade: words.backupGrade, arrives: null })
}

/** Begins to restore a backup, after a backup of the disc's present contents. */
export const startRestore = (store: Store, disc: Disc, { contents }: Backup, now: number): void => {
  addBackup(store, disc, now)
  store.discs.put({ ...disc, restoring: { due: now + times.restore, contents } })
}

/** Gives the disc the contents of the backup. */
export const endRestore = (store: Store, id: Id): void => {
  const disc = store.discs.get(id)
  if (disc?.restoring) store.discs.put({ ...disc, contents: disc.restoring.contents, restoring: null })
}
