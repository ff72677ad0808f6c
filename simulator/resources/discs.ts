import { jsonText, type Answer } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { findDisc, findMachine } from '../http/find.ts'
import { listText } from '../http/views.ts'

/** GET .../discs: those of a deleted machine too, though they cannot be changed. [choice] */
export const listDiscs = (call: Call): Answer => {
  const { machine } = findMachine(call)
  const { store, views } = call.brain
  return jsonText(200, listText(store.discs.by('machine', machine.id).map((disc) => views.disc(disc))))
}

/** GET .../discs/ID, and /discs/ID */
export const showDisc = (call: Call): Answer => jsonText(200, call.brain.views.disc(findDisc(call).disc))
