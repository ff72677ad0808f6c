import { json, type Answer } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { findMachineToChange } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { withInside } from '../machine/power.ts'
import { rights } from '../rules/rights.ts'
import { power } from '../rules/power.ts'
import { statuses } from '../rules/statuses.ts'
import { times } from '../rules/times.ts'
import type { Task } from '../state/records.ts'
import { readImage, shownImage } from './image-attributes.ts'

/**
 * POST .../reimage: only while the machine is off [seed]; afterwards it is on, and autoreboot_on is false [docs]. Answers
 * when the system is installed, and repeats what was asked for [official].
 */
export const reimageMachine = async (call: Call): Promise<Answer> => {
  const { store, clock } = call.brain
  const { machine } = findMachineToChange(call, rights.changeMachine.value)
  const { image, errors } = readImage(call.body)
  if (!image) throw badValues(errors)
  if (machine.power_on) throw refusal('reimage_needs_off')
  const busy = machine.inside.task?.kind
  if (busy === 'reimage' || busy === 'create') throw refusal('busy')
  const task: Task = { kind: 'reimage', due: clock.now() + times.reimage.value, image }
  store.machines.put(withInside({ ...machine, ...power.afterReimage.value }, { task }))
  await call.brain.settled(machine.id, task)
  return json(statuses.command.value, shownImage(call.body))
}
