import { Spinner } from '../ui/spinner.tsx'

/** While the first page's code is on its way. */
export function PageLoading() {
  return (
    <p role="status" className="flex items-center gap-2 p-4 text-muted">
      <Spinner /> Loading…
    </p>
  )
}
