import { json, type Answer } from '../http/answer.ts'
import { anyText, attributesOf, oneOf, text } from '../http/attributes.ts'
import type { Call } from '../http/call.ts'
import { findMachineToChange } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { keysSent, powerButtonPressed, resetPressed } from '../machine/signals.ts'
import { rights } from '../rules/rights.ts'
import { statuses } from '../rules/statuses.ts'
import { words } from '../rules/words.ts'
import type { Machine } from '../state/records.ts'

const signalled = (machine: Machine, signal: string, data: string, now: number): Machine => {
  if (signal === 'powerdown') return powerButtonPressed(machine, now)
  return signal === 'reset' ? resetPressed(machine) : keysSent(machine, data)
}

/**
 * POST .../signal: only while the machine is on [seed]. The answer repeats it [official]. Names of keys are not checked:
 * the documents disagree about the one for Delete [seed][docs].
 */
export const signalMachine = (call: Call): Answer => {
  const { store, clock } = call.brain
  const { machine } = findMachineToChange(call, rights.changeMachine.value)
  const sendsKeys = call.body['signal'] === 'sendkey'
  const { signal = '', data = '' } = attributesOf(
    call.body,
    { signal: oneOf(words.signals.value), data: sendsKeys ? text() : anyText },
    sendsKeys ? ['signal', 'data'] : ['signal'],
  )
  if (!machine.power_on) throw refusal('signal_needs_power')
  store.machines.put(signalled(machine, signal, data, clock.now()))
  return json(statuses.command.value, { signal, ...(sendsKeys && { data }) })
}
