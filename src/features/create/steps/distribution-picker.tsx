import { useId, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import type { Definitions } from '../../../api/definitions.ts'
import { RadioCards } from '../../../ui/fields/radio-group.tsx'
import { announce } from '../../../ui/live-region.tsx'
import type { CreateValues } from '../form-values.ts'
import type { ErrorsOf } from './use-field-errors.ts'

interface Props {
  chosen: string
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
}

/** What can be installed, to be searched by name and description. What is chosen stays in sight whatever is searched for. */
export function DistributionPicker({ chosen, definitions, errorsOf }: Props) {
  const { register, setValue } = useFormContext<CreateValues>()
  const [search, setSearch] = useState('')
  const id = useId()
  const { distributions, distribution_descriptions: descriptions = {} } = definitions ?? {}
  const wanted = search.toLowerCase().split(/\s+/)
  const found = (distributions ?? []).filter((name) => {
    const text = `${name} ${descriptions[name] ?? ''}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  const shown = (distributions ?? []).filter((name) => name === chosen || found.includes(name))
  const choose = (name: string) => setValue('distribution', name, { shouldDirty: true })
  return (
    <div className="grid gap-3">
      {distributions !== undefined && distributions.length > 0 && (
        <div className="max-w-md">
          <label htmlFor={id} className="sr-only">
            Search distributions
          </label>
          <input
            id={id}
            type="search"
            autoComplete="off"
            spellCheck={false}
            placeholder="Search: debian, 12.04, windows…"
            className="control"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && search !== '') setSearch('')
              if (event.key !== 'Enter') return
              // Not the way on: whoever searches has not chosen yet.
              event.preventDefault()
              const [only, ...more] = found
              if (only === undefined || more.length > 0) return
              choose(only)
              announce(`${descriptions[only] ?? only} is chosen`)
            }}
          />
        </div>
      )}
      <RadioCards
        label="Distribution"
        cards="wide"
        options={shown.map((name) => ({
          value: name,
          title: <span className="font-mono text-xs">{name}</span>,
          text: descriptions[name],
        }))}
        hint={noneHint(distributions, found.length)}
        errors={errorsOf('distribution')}
        {...register('distribution')}
      />
    </div>
  )
}

function noneHint(names: readonly string[] | undefined, found: number): string | undefined {
  if (names === undefined) return 'BigV has not yet told what it has.'
  if (names.length === 0) return 'BigV says that it has none.'
  return found === 0 ? 'None is found by this search.' : undefined
}
