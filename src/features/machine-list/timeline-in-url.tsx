import { useSearchParams } from 'react-router'
import { lazyComponent } from '../../ui/lazy.tsx'
import type { MachineRow } from './table/columns.ts'

const GroupTimeline = lazyComponent(
  async () => (await import('../timeline/group-timeline.tsx')).GroupTimeline,
  { onDemand: true },
)

/** The URL's parameter for the timeline: the range shown, or anything else for all of it. */
const PARAM = 'timeline'

function useTimelineParam() {
  const [params, setParams] = useSearchParams()
  const set = (range: string | null) =>
    setParams(
      () => {
        // Start from the current URL, not the rendered one: the search may have just changed it.
        const next = new URLSearchParams(location.search)
        if (range === null) next.delete(PARAM)
        else next.set(PARAM, range)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  return [params.get(PARAM), set] as const
}

/** Opens the timeline of the listed machines. */
export function useOpenTimeline(): () => void {
  const [, set] = useTimelineParam()
  return () => set('all')
}

/** The timeline of the listed machines, while the URL names it. */
export function TimelineInUrl({ what, rows }: { what: string; rows: readonly MachineRow[] }) {
  const [range, set] = useTimelineParam()
  if (range === null) return null
  return <GroupTimeline what={what} rows={rows} range={range} onRange={set} onClose={() => set(null)} />
}
