import { bind, type BoundAction, type MachineAction } from '../action.ts'
import { machineActions, type MachineActionName } from '../index.ts'

/** An action by its name, with any params, for tests that use tables of names. */
export function boundBy(name: MachineActionName, params?: unknown): BoundAction {
  return bind(machineActions[name] as MachineAction<string, unknown>, params)
}
