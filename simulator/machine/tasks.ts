import { times, words } from '../rules/limits.ts'
import type { Backup, CreationPhase, Disc, Id, Image, Machine, Task } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { endBackup, endRestore } from './backups.ts'
import { planAutoreboot, switchedOff, switchedOn, withInternal } from './power.ts'

/** Does the task of a machine when it is due. */
const doTask = (store: Store, id: Id, now: number): void => {
  const machine = store.machines.get(id)
  const task = machine?.internal.task
  if (!machine || !task) return
  switch (task.kind) {
    case 'start':
      store.machines.put(switchedOn(machine))
      return
    case 'shutdown':
      store.machines.put(planAutoreboot(switchedOff(machine), now))
      return
    case 'reimage':
      store.machines.put(switchedOn(installed(store, machine, task.image)))
      return
    case 'create':
      nextPhase(store, machine, task, now)
      return
  }
}

/**
 * Installs a system on the machine's first disc, and erases that disc only. The machine stays off. The distribution `none`
 * changes nothing.
 */
export const installed = (store: Store, machine: Machine, image: Image): Machine => {
  if (image.distribution === words.noSystem) return machine
  const [first] = store.discs.by('machine', machine.id)
  if (!first) return machine
  store.discs.put({ ...first, contents: image.distribution })
  return withInternal({ ...machine, last_imaged_with: image.distribution }, { installed: image })
}

type Creating = Extract<Task, { kind: 'create' }>

/** The phases of a creation, in order. All but the first are left out if they have nothing to do. */
const phases = ['reserving', 'discs', 'imaging', 'starting'] as const satisfies CreationPhase[]

/** True if the creation has this phase. Either power flag starts the machine: docs/bigv-api.md#creation */
const isNeeded = (phase: CreationPhase, machine: Machine, task: Creating, discs: number): boolean => {
  if (phase === 'discs') return discs > 0
  if (phase === 'imaging') return task.image !== null
  return phase === 'reserving' || task.start || machine.autoreboot_on
}

/**
 * Ends a phase of a machine's creation, and begins the next. Discs and power flags may have changed meanwhile: the machine
 * is not started if the flags no longer ask for it. A creation that fails leaves nothing behind.
 */
const nextPhase = (store: Store, machine: Machine, task: Creating, now: number): void => {
  const applies = (phase: CreationPhase): boolean =>
    isNeeded(phase, machine, task, store.discs.count('machine', machine.id))
  const phase = phases.slice(phases.indexOf(task.phase) + 1).find(applies)
  const imaged = task.phase === 'imaging' && task.image ? installed(store, machine, task.image) : machine
  if (task.fails && (phase === undefined || phase === 'starting')) store.remove('machines', machine.id)
  else if (phase) {
    const due = now + times.creation[phase]
    store.machines.put(withInternal(imaged, { task: { ...task, phase, due } }))
  } else if (task.phase === 'starting' && applies('starting')) store.machines.put(switchedOn(imaged))
  else store.machines.put(withInternal(imaged, { task: null }))
}

/** For each table with background work: when it is due, in milliseconds of the simulator's clock, and the function that does it. */
const timed = {
  machines: { due: ({ internal }: Machine) => internal.task?.due, act: doTask },
  discs: { due: ({ restoring }: Disc) => restoring?.due, act: endRestore },
  backups: { due: ({ arrives }: Backup) => arrives ?? undefined, act: endBackup },
} satisfies Record<string, { due: (record: never) => number | undefined; act: typeof doTask }>

type TimedTable = keyof typeof timed

/** The clock's key of a record with background work. */
export type TimedKey = `${TimedTable}/${Id}`

/** The key of a record in the clock; null for a table without background work. */
export const timedKey = (table: string, id: Id | string): TimedKey | null =>
  table in timed ? (`${table}/${id}` as TimedKey) : null

/** When the background work of a record is due; undefined if it has none. */
export const dueOf = (key: TimedKey, record: object | undefined): number | undefined =>
  record && timed[key.split('/')[0] as TimedTable].due(record as never)

/** Does the background work of a record when it is due. */
export const doDue = (store: Store, key: TimedKey, now: number): void => {
  const [table, id] = key.split('/')
  timed[table as TimedTable].act(store, Number(id), now)
}
