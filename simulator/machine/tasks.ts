import type { Brain } from '../brain.ts'
import type { Id } from '../state/records.ts'
import { nextPhase } from './create.ts'
import { installed } from './install.ts'
import { lookedAfter, switchedOff, switchedOn } from './power.ts'

/** Does what the machine of that number was about to do, now that its time has come. */
export const taskDue = (brain: Brain, id: Id): void => {
  const { store, clock } = brain
  const machine = store.machines.get(id)
  const task = machine?.inside.task
  if (!machine || !task) return
  switch (task.kind) {
    case 'start':
      store.machines.put(switchedOn(machine))
      return
    case 'shutdown':
      store.machines.put(lookedAfter(switchedOff(machine), clock.now()))
      return
    case 'reimage':
      store.machines.put(switchedOn(installed(store, machine, task.image)))
      return
    case 'create':
      nextPhase(brain, machine, task)
      return
  }
}
