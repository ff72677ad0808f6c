import { machine } from '../../api/testing/machines.ts'
import { machineActions, type MachineActionName } from '../index.ts'

const SEEN = { answeredAt: 0, headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 }
const BARE = { discs: null, network_interfaces: null }

/** The action's conclusion from its machine and, for an action on two machines, the other machine. */
export function check(
  { action, expects }: { action: MachineActionName; expects: unknown },
  vm: object,
  other?: object,
) {
  const found = machineActions[action].watch?.isDone({
    at: 1,
    vm: { ...machine(), name: 'web', ...BARE, ...vm },
    creating: false,
    other: other && { ...machine(), name: 'db', ...BARE, ...other },
    seen: SEEN,
    expected: expects,
  })
  return found === true ? { is: 'done', note: '' } : found === false ? { is: 'waiting' } : found
}
