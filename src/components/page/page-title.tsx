import { useRunningCount } from '../../operations/use-operations.ts'

/** The tab's title: what the page shows, how many changes are running, and whether its last refresh failed. */
export function PageTitle({ parts, failed = false }: { parts: readonly string[]; failed?: boolean }) {
  const running = useRunningCount()
  const marks = [failed && '!', running > 0 && `${running}…`].filter(Boolean).join(' ')
  return <title>{[marks && `(${marks})`, [...parts, 'BigV'].join(' · ')].filter(Boolean).join(' ')}</title>
}
