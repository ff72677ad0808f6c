import { useId, type ComponentProps, type ReactNode } from 'react'
import { describedBy, FieldNotes, type RowProps } from './field.tsx'

type Card = {
  value: string
  title: ReactNode
  text?: ReactNode
  /** True for two columns, if a container is wide enough. */
  double?: boolean
}

type CardsProps = Omit<ComponentProps<'input'>, 'type' | 'value'> &
  RowProps & {
    options: readonly Card[]
    /** An empty text if none is chosen. */
    value: string
    /** The minimum width of a card; `line`: wide, with the text beside the title. */
    cards?: 'narrow' | 'normal' | 'wide' | 'line' | undefined
  }

const WIDE = 'grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))]'
const COLUMNS = {
  narrow: 'grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))]',
  normal: 'grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))]',
  wide: WIDE,
  line: `${WIDE} *:flex *:flex-wrap *:items-baseline *:gap-x-2`,
}

/** A choice between options that need more than a word. */
export function RadioCards({
  label,
  hint,
  errors,
  options,
  value,
  cards = 'normal',
  className = '',
  ref,
  ...props
}: CardsProps) {
  const id = useId()
  // Focusing the group focuses the chosen card, or the first card if none is chosen, just as the Tab key does.
  const focused = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  )
  return (
    <fieldset className={`min-w-0 ${className}`} aria-describedby={describedBy(id, { hint, errors })}>
      <legend className="mb-1.5 font-semibold">{label}</legend>
      <div className={`grid gap-2 ${COLUMNS[cards]}`}>
        {options.map((option, at) => (
          <label
            key={option.value}
            className={`relative rounded-lg border border-line-control bg-surface px-3 py-2.5 hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft has-checked:inset-ring has-checked:inset-ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent forced-colors:has-checked:outline-2 ${option.double ? '@lg:col-span-2' : ''}`}
          >
            <input
              name={id}
              {...props}
              type="radio"
              value={option.value}
              checked={value === option.value}
              ref={at === focused ? ref : undefined}
              aria-labelledby={`${id}-${at}-title`}
              aria-describedby={option.text ? `${id}-${at}-text` : undefined}
              className="absolute inset-0 size-full cursor-[inherit] appearance-none opacity-0"
            />
            <span id={`${id}-${at}-title`} className="block font-medium">
              {option.title}
            </span>
            {option.text && (
              <span id={`${id}-${at}-text`} className="block text-muted">
                {option.text}
              </span>
            )}
          </label>
        ))}
      </div>
      <FieldNotes id={id} hint={hint} errors={errors} />
    </fieldset>
  )
}

type Segment<V extends string> = { value: V; label: string; count?: number | string | undefined }

type SegmentedProps<V extends string> = {
  label: string
  options: readonly Segment<V>[]
  value: V
  onChange: (value: V) => void
  className?: string | undefined
}

/** A choice between a few one-word options, side by side. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChange,
  className = '',
}: SegmentedProps<V>) {
  const name = useId()
  return (
    <fieldset
      aria-label={label}
      className={`flex w-fit max-w-full min-w-0 scroll-sideways rounded-lg border border-line-strong bg-surface ${className}`}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-8 items-center gap-1 border-r border-line px-2.5 font-medium whitespace-nowrap first:rounded-l-[7px] last:rounded-r-[7px] last:border-0 hover:bg-raised has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11 forced-colors:has-checked:underline print:has-checked:underline"
        >
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
          />
          {option.label}
          {option.count !== undefined && <span className="font-normal text-muted">{option.count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
