import { actions } from '../../actions/index.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { Operation } from '../operation.ts'
import type { Plan } from '../plans/plan.ts'

export const REF = { account: 'acme', group: 'default' }
export const PATH = '/accounts/acme/groups/default/virtual_machines/7'

/** A machine, running and coming back on by itself, but for what is given. */
export function machine(given: Partial<VirtualMachine> = {}): VirtualMachine {
  return {
    id: 7,
    name: 'web',
    power_on: true,
    autoreboot_on: true,
    cores: 1,
    memory: 1024,
    deleted: false,
    head: 'head1',
    ...given,
  }
}

/** A reading of such a machine. */
export function machineData(given: Partial<VirtualMachine> = {}, creating = false): MachineData {
  return { vm: machine(given), creating }
}

/** Every state that a machine can be read in. */
export const STATES = {
  running: machineData(),
  'running, to stay off': machineData({ autoreboot_on: false }),
  restarting: machineData({ power_on: false }),
  stopped: machineData({ power_on: false, autoreboot_on: false }),
  deleted: machineData({ power_on: false, autoreboot_on: false, deleted: true }),
  'deleted, but on': machineData({ deleted: true }),
  creating: machineData({ power_on: false }, true),
} satisfies Record<string, MachineData>

/** An operation that waits, its requests answered at 10 000, but for what is given. */
export function operation(given: Partial<Operation> = {}): Operation {
  const { label, inProgress, watch } = actions[given.action ?? 'start']
  return {
    key: 'k',
    action: 'start',
    label,
    inProgress,
    overdueAfter: watch?.overdueAfter ?? null,
    aside: given.action === 'send_keys',
    target: { ...REF, id: 7, name: 'web' },
    username: 'demo',
    phase: 'waiting',
    begunAt: 9_000,
    endedAt: null,
    outcome: null,
    note: '',
    steps: [],
    evidence: { answeredAt: 10_000, headBefore: 'head1', offSeen: false, headMoved: false, onReadings: 0 },
    autoreboot: null,
    patienceFrom: 10_000,
    expects: null,
    expectsPower: true,
    otherTab: false,
    ...given,
  }
}

/** A guided change that runs and has not begun its first step, but for what is given. */
export function plan(given: Partial<Plan> = {}): Plan {
  return {
    key: 'p',
    kind: 'change',
    target: { ...REF, id: 7, name: 'web' },
    username: 'demo',
    phase: 'running',
    steps: (['shut_down', 'change', 'start'] as const).map((action) => ({
      action,
      done: false,
      operation: null,
      tried: null,
      note: '',
    })),
    before: { autoreboot_on: true, attributes: { cores: 1 } },
    patch: { cores: 2 },
    movesTo: null,
    distribution: null,
    forceAfter: null,
    begunAt: 9_000,
    endedAt: null,
    note: '',
    stopped: false,
    otherTab: false,
    dismissed: false,
    ...given,
  }
}
