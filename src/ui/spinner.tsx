import type { ReactNode } from 'react'

/** A ring that turns. It says nothing: put words beside it. */
export function Spinner() {
  return <span aria-hidden className="mark-moving" />
}

/** Says in words what is being loaded. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2 text-muted">
      <Spinner /> {children}
    </p>
  )
}

/** Holds the place of a text that is being fetched. Say so once for all of them, in words. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={`inline-block h-[0.8em] animate-pulse rounded-sm bg-line align-baseline ${className}`}
    />
  )
}
