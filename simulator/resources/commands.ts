import { json, type Answer } from '../http/app.ts'
import { anyText, attributesOf, oneOf, readAttributes, text, type Body } from '../http/attributes.ts'
import { findMachineToChange, type Call } from '../http/find.ts'
import { keysSent, powerButtonPressed, resetPressed, withInternal } from '../machine/power.ts'
import { times, words } from '../rules/limits.ts'
import { badValues, messages, refusal } from '../rules/refusals.ts'
import type { Image, Machine, Task } from '../state/records.ts'
import { definitions } from './definitions.ts'

// Signals and re-imaging: docs/bigv-api.md#signals and #reimage

const signalled = (machine: Machine, signal: string, data: string, now: number): Machine => {
  if (signal === 'powerdown') return powerButtonPressed(machine, now)
  return signal === 'reset' ? resetPressed(machine) : keysSent(machine, data)
}

/**
 * POST .../signal: the machine must be on. The answer repeats the signal. Key names are not checked, since the documents
 * disagree about the name of Delete.
 */
export const signalMachine = (call: Call): Answer => {
  const { store, clock } = call.bigv
  const { machine } = findMachineToChange(call)
  const sendsKeys = call.body['signal'] === 'sendkey'
  const { signal = '', data = '' } = attributesOf(
    call.body,
    { signal: oneOf(words.signals), data: sendsKeys ? text() : anyText },
    sendsKeys ? ['signal', 'data'] : ['signal'],
  )
  if (!machine.power_on) throw refusal('signal_needs_power')
  store.machines.put(signalled(machine, signal, data, clock.now()))
  return json(200, { signal, ...(sendsKeys && { data }) })
}

const imageReaders = {
  distribution: oneOf([...definitions.distributions, words.noSystem]),
  root_password: anyText,
  ssh_public_key: anyText,
  firstboot_script: anyText,
}

/**
 * Checks the system to install. A root password is required unless there is an SSH key, or the distribution is `none`. The
 * official client sends "" for an unused key or script.
 */
export const readImage = (body: Body): { image: Image | null; errors: Record<string, string[]> } => {
  const { values, errors } = readAttributes(body, imageReaders, ['distribution'])
  const { distribution = '', root_password = '', ssh_public_key = '', firstboot_script = '' } = values
  const canLogIn = root_password !== '' || ssh_public_key !== '' || distribution === words.noSystem
  if (!canLogIn && !errors['root_password']) errors['root_password'] = [messages.blank]
  if (Object.keys(errors).length > 0) return { image: null, errors }
  return { image: { distribution, root_password, ssh_public_key, firstboot_script }, errors }
}

/** Throws a 400 if the machine has no disc. The 400 is a guess: no source says what BigV does without a disc. */
export const requireDiscFor = (image: Image, discs: number): void => {
  if (discs === 0 && image.distribution !== words.noSystem) throw refusal('reimage_needs_disc')
}

/** The known attributes of the request; the answer repeats them. */
export const shownImage = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name in imageReaders))

/**
 * POST .../reimage: the machine must be off and have a disc. Afterwards the machine is on, and autoreboot_on is false. The
 * answer comes once the system is installed, and repeats the request.
 */
export const reimageMachine = async (call: Call): Promise<Answer> => {
  const { store, clock } = call.bigv
  const { machine } = findMachineToChange(call)
  const { image, errors } = readImage(call.body)
  if (!image) throw badValues(errors)
  if (machine.power_on) throw refusal('reimage_needs_off')
  requireDiscFor(image, store.discs.count('machine', machine.id))
  const busy = machine.internal.task?.kind
  if (busy === 'reimage' || busy === 'create') throw refusal('busy')
  const task: Task = { kind: 'reimage', due: clock.now() + times.reimage, image }
  store.machines.put(withInternal({ ...machine, autoreboot_on: false }, { task }))
  await call.bigv.taskDone(machine.id, task)
  return json(200, shownImage(call.body))
}
