import type { ComponentProps, ReactNode } from 'react'

/** Terms beside their values; on a narrow card one below the other. */
export function DefinitionList({ className = '', ...props }: ComponentProps<'dl'>) {
  return <dl {...props} className={`@container divide-y divide-line ${className}`} />
}

/** One term with its value. */
export function Item({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 px-3.5 py-2 @xs:grid-cols-[minmax(5rem,28%)_minmax(0,1fr)]">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
