import { useInFlightCount } from '../../operations/use-operations.ts'

/** The tab's title: what the page shows, how many changes are in flight, and whether its last refresh failed. */
export function PageTitle({ parts, failed = false }: { parts: readonly string[]; failed?: boolean }) {
  const inFlight = useInFlightCount()
  const marks = [failed && '!', inFlight > 0 && `${inFlight}…`].filter(Boolean).join(' ')
  return <title>{[marks && `(${marks})`, [...parts, 'BigV'].join(' · ')].filter(Boolean).join(' ')}</title>
}
