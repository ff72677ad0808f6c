import { Skeleton } from '../../ui/spinner.tsx'

// The widths of the names to come, each once: they are the keys too.
const WIDTHS = ['w-32', 'w-24', 'w-36', 'w-28', 'w-20', 'w-40', 'w-30', 'w-26']

/** The list before its first reading has come. */
export function ListSkeleton() {
  return (
    <div
      role="status"
      className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
    >
      <span className="sr-only">The machines are being read…</span>
      <div aria-hidden className="h-8.5 bg-raised" />
      {WIDTHS.map((width) => (
        <div key={width} aria-hidden className="flex h-15 items-center gap-16 px-3 md:h-9.5">
          <Skeleton className={width} />
          <Skeleton className="w-20" />
          <Skeleton className="w-28 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
