import { limits } from '../rules/limits.ts'
import type { Disc, Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'

/** A disc that is asked for; `size` in MiB. */
export type DiscWish = { label?: string | null; size: number; storage_grade?: string }

/** Returns the labels that BigV gives by itself, in order: vda, vdb, ... [fog] */
const ownLabels = (): string[] => 'abcdefghijklmnop'.split('').map((letter) => `vd${letter}`)

/** Returns the first of BigV's own labels that is not among those. */
export const freeLabel = (taken: readonly string[]): string =>
  ownLabels().find((label) => !taken.includes(label)) ?? 'vdz'

/** Returns the pool a disc of that grade is kept in. */
const poolOf = (grade: string, id: number): string => `tail${(id % 12) + 1}-${grade}1`

/** Adds a blank disc to a machine, and returns it. */
export const addDisc = (store: Store, machine: Machine, wish: DiscWish): Disc => {
  const id = store.discs.nextId()
  const grade = wish.storage_grade ?? limits.defaultStorageGrade.value
  const taken = store.discs.by('machine', machine.id).map((disc) => disc.label)
  return store.discs.put<Disc>({
    id,
    virtual_machine_id: machine.id,
    label: wish.label ?? freeLabel(taken),
    size: wish.size,
    storage_grade: grade,
    storage_pool: poolOf(grade, id),
    contents: null,
  })
}

/** Removes a disc for good, with its backups. */
export const removeDisc = (store: Store, disc: Disc): void => {
  for (const backup of store.backups.by('disc', disc.id)) store.backups.remove(backup.id)
  for (const schedule of store.backupSchedules.by('disc', disc.id)) store.backupSchedules.remove(schedule.id)
  store.discs.remove(disc.id)
}
