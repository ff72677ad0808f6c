import { useSearchParams } from 'react-router'
import { lazyComponent } from '../../ui/lazy.tsx'
import { useSetParameter } from '../../components/page/set-parameter.ts'
import type { MachineRow } from './table/columns.ts'

const GroupTimeline = lazyComponent(
  async () => (await import('../timeline/group-timeline.tsx')).GroupTimeline,
  { onDemand: true },
)

/** The URL's parameter for the timeline: the range shown, or anything else for all of it. */
const PARAM = 'timeline'

/** Opens the timeline of the listed machines. */
export function useOpenTimeline(): () => void {
  const set = useSetParameter()
  return () => set(PARAM, 'all')
}

/** The timeline of the listed machines, while the URL names it. */
export function TimelineInUrl({ what, rows }: { what: string; rows: readonly MachineRow[] }) {
  const [params] = useSearchParams()
  const setParameter = useSetParameter()
  const set = (range: string | null) => setParameter(PARAM, range)
  const range = params.get(PARAM)
  if (range === null) return null
  return <GroupTimeline what={what} rows={rows} range={range} onRange={set} onClose={() => set(null)} />
}
