import type { ReactNode } from 'react'

/** A turning ring, hidden from screen readers: put a text beside it. It isn't seen for the first 150 ms. */
export function Spinner() {
  return <span aria-hidden className="late-spinner mark-moving" />
}

/** A status text with a spinner: "Loading the machine…". It isn't seen for the first 150 ms. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="late flex items-center gap-2 text-muted">
      <span aria-hidden className="mark-moving" /> {children}
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
