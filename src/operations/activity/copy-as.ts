import { commandLine } from '../../actions/cli.ts'
import { actions } from '../../actions/index.ts'
import type { Operation } from '../operation.ts'

type Told = Pick<Operation, 'action' | 'target'> & Partial<Pick<Operation, 'also' | 'steps' | 'expects'>>

/** Takes an operation and returns the command of the official client that does the same, or null. */
export function clientLine(operation: Told): string | null {
  return commandLine(actions[operation.action].cli, operation)
}
