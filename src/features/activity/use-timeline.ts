import { useObserved } from '../../operations/activity/store.ts'
import { usePlans } from '../../operations/plans/store.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { timelineOf, type Moment } from './timeline.ts'

/** The activity of this session, newest first. */
export function useTimeline(): Moment[] {
  return timelineOf(useOperations(), useObserved(), usePlans())
}
