import type { ReactNode } from 'react'

/** A turning ring, hidden from screen readers: put a text beside it. */
export function Spinner() {
  return <span aria-hidden className="mark-moving" />
}

/** A status text with a spinner: "Loading the machine…". */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2 text-muted">
      <Spinner /> {children}
    </p>
  )
}

/** A placeholder for a text that is being loaded. It isn't announced: announce once, in words, that all of them are loading. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      className={`inline-block h-[0.8em] animate-pulse rounded-sm bg-line align-baseline ${className}`}
    />
  )
}
