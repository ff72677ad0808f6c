import { useId } from 'react'

type Segment<V extends string> = { value: V; label: string; count?: number | string | undefined }

type Props<V extends string> = {
  label: string
  options: readonly Segment<V>[]
  value: V
  onChange: (value: V) => void
  className?: string | undefined
}

/** One of a few, all in sight: radio buttons side by side. */
export function Segmented<V extends string>({ label, options, value, onChange, className = '' }: Props<V>) {
  const name = useId()
  return (
    <fieldset
      aria-label={label}
      className={`flex w-fit max-w-full min-w-0 overflow-x-auto rounded-lg border border-line-strong bg-surface ${className}`}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative flex h-8 items-center gap-1 border-r border-line px-2.5 font-medium whitespace-nowrap first:rounded-l-[7px] last:rounded-r-[7px] last:border-0 hover:bg-raised has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-11 forced-colors:has-checked:underline"
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
