import { times, words } from '../rules/limits.ts'
import type { CreationPhase, Id, Image, Machine, Task } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { purge } from './create.ts'
import { planAutoreboot, switchedOff, switchedOn, withInternal } from './power.ts'

/** Does what the machine of that number was about to do, now that its time has come. */
export const doTask = (store: Store, id: Id, now: number): void => {
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
 * Puts a system on a machine's first disc, erasing that one only; the machine stays off. The distribution
 * `none` leaves everything as it is. Returns the machine.
 */
export const installed = (store: Store, machine: Machine, image: Image): Machine => {
  if (image.distribution === words.noSystem) return machine
  const [first] = store.discs.by('machine', machine.id)
  if (!first) return machine
  store.discs.put({ ...first, contents: image.distribution })
  return withInternal({ ...machine, last_imaged_with: image.distribution }, { installed: image })
}

type Creating = Extract<Task, { kind: 'create' }>

/** The phases that making this machine goes through, in order. Either flag starts it: docs/bigv-api.md#creation */
const phasesOf = (machine: Machine, task: Creating, discs: number): CreationPhase[] => [
  'reserving',
  ...(discs > 0 ? ['discs' as const] : []),
  ...(task.image ? ['imaging' as const] : []),
  ...(task.start || machine.autoreboot_on ? ['starting' as const] : []),
]

/** Ends a machine's present phase of creation, and begins the next; a creation that fails leaves nothing. */
const nextPhase = (store: Store, machine: Machine, task: Creating, now: number): void => {
  const phases = phasesOf(machine, task, store.discs.count('machine', machine.id))
  const phase = phases[phases.indexOf(task.phase) + 1]
  const fitted = task.phase === 'imaging' && task.image ? installed(store, machine, task.image) : machine
  if (task.fails && (phase === undefined || phase === 'starting')) purge(store, machine)
  else if (phase) {
    const due = now + times.creation[phase]
    store.machines.put(withInternal(fitted, { task: { ...task, phase, due } }))
  } else if (task.phase === 'starting') store.machines.put(switchedOn(fitted))
  else store.machines.put(withInternal(fitted, { task: null }))
}
