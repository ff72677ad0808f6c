import { useId, type ComponentProps, type ReactNode } from 'react'

type Props = Omit<ComponentProps<'section'>, 'title'> & {
  title?: ReactNode
  /** Small buttons beside the title. */
  actions?: ReactNode
  /** The title's level as a heading: 3 for a card within another part of the page. */
  level?: 2 | 3 | undefined
  /** Adds padding. Lists and tables have none, so that they reach the card's edges. */
  padded?: boolean | undefined
}

export function Card({
  title,
  actions,
  level = 2,
  padded = false,
  className = '',
  children,
  ...props
}: Props) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section
      aria-labelledby={title ? id : undefined}
      {...props}
      className={`min-w-0 overflow-hidden rounded-xl border border-line bg-surface ${className}`}
    >
      {(title || actions) && (
        <header className="flex min-h-10.5 flex-wrap items-center gap-2 border-b border-line py-1.5 pr-2 pl-3.5">
          <Heading id={id} className="flex-1 text-sm font-semibold">
            {title}
          </Heading>
          {actions}
        </header>
      )}
      {padded ? <div className="p-3.5 sm:p-4">{children}</div> : children}
    </section>
  )
}

/** Terms beside their values, or above them on a narrow card. */
export function DefinitionList({ className = '', ...props }: ComponentProps<'dl'>) {
  return <dl {...props} className={`@container divide-y divide-line ${className}`} />
}

export function Item({
  term,
  ...value
}: {
  term: ReactNode
  translate?: 'no' | undefined
  children: ReactNode
}) {
  return (
    <div className="grid gap-x-4 px-3.5 py-2 @xs:grid-cols-[minmax(7rem,28%)_minmax(0,1fr)]">
      <dt className="text-muted">{term}</dt>
      <dd {...value} className="min-w-0 wrap-anywhere" />
    </div>
  )
}
