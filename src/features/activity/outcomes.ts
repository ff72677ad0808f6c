import type { Operation } from '../../operations/operation.ts'
import { stepOf, type Plan } from '../../operations/plans/plan.ts'
import type { Tone } from '../../ui/notice.tsx'

/** How an operation stands, in one word: its outcome, or that it is running. */
export type Standing = NonNullable<Operation['outcome']> | 'running'

/** Each standing with its label and its tone, in the order of the filter. */
export const STANDINGS: Record<Standing, { label: string; tone: Tone | 'quiet' }> = {
  running: { label: 'Running', tone: 'info' },
  done: { label: 'Done', tone: 'ok' },
  refused: { label: 'Refused', tone: 'danger' },
  unclear: { label: 'Unclear', tone: 'warn' },
  superseded: { label: 'Superseded', tone: 'warn' },
  'no longer watching': { label: 'No longer watching', tone: 'quiet' },
}

/** How this operation stands. */
export function standingOf({ outcome }: Pick<Operation, 'outcome'>): Standing {
  return outcome ?? 'running'
}

/** How this plan stands: halted, it is as its last step is; that was refused where nothing was sent for it. */
export function planStandingOf({
  phase,
  stopped,
  steps,
}: Pick<Plan, 'phase' | 'stopped' | 'steps'>): Standing {
  if (phase === 'running') return 'running'
  if (phase === 'done') return 'done'
  return stopped ? 'no longer watching' : (stepOf({ steps })?.tried ?? 'refused')
}

/** Takes what the URL says and returns the standing that it names, or null for all. */
export function standingNamed(text: string | null): Standing | null {
  return isStanding(text) ? text : null
}

function isStanding(text: string | null): text is Standing {
  return text !== null && Object.hasOwn(STANDINGS, text)
}
