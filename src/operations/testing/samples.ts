import { actions } from '../../actions/index.ts'
import { REF } from '../../api/testing/machines.ts'
import type { Operation } from '../operation.ts'
import type { Plan } from '../plan.ts'

/** A waiting operation whose requests were answered at 10,000 ms, with these changes. */
export function operation(given: Partial<Operation> = {}): Operation {
  const { label, inProgress, watch, blocksNothing } = actions[given.action ?? 'start']
  return {
    key: 'k',
    action: 'start',
    label,
    inProgress,
    overdueAfter: watch?.overdueAfter ?? null,
    blocksNothing: blocksNothing === true,
    target: { ...REF, id: 7, name: 'web' },
    username: 'demo',
    phase: 'waiting',
    begunAt: 9_000,
    endedAt: null,
    outcome: null,
    note: '',
    steps: [],
    evidence: { answeredAt: 10_000, headBefore: 'head1', offSeen: false, headMoved: false, timesSeenOn: 0 },
    autoreboot: null,
    patienceFrom: 10_000,
    expects: null,
    otherTab: false,
    ...given,
  }
}

/** A running guided change that hasn't begun its first step, with these changes. */
export function plan(given: Partial<Plan> = {}): Plan {
  return {
    key: 'p',
    action: 'change',
    kept: { attributes: { cores: 2 }, before: { cores: 1 }, movesTo: null },
    target: { ...REF, id: 7, name: 'web' },
    username: 'demo',
    phase: 'running',
    steps: (['shut down', 'action', 'start'] as const).map((role) => ({
      role,
      done: false,
      operation: null,
      tried: null,
      note: '',
    })),
    before: { autoreboot_on: true },
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
