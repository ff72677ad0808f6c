import { useId, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import type { Definitions } from '../../../api/definitions.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { RadioCards } from '../../../ui/fields/radio-group.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { announce } from '../../../ui/live-region.tsx'
import type { CreateValues } from '../form-values.ts'
import type { ErrorsOf, StepProps } from '../steps.ts'
import { LoginCard } from './login-card.tsx'

const SYSTEMS = [
  { value: 'distribution', title: 'A distribution', text: 'Installed on the boot disc' },
  { value: 'none', title: 'None', text: 'Boot from CD, or empty' },
]

export function StepImage(props: StepProps) {
  const { values, definitions, errorsOf, goTo } = props
  const { register } = useFormContext<CreateValues>()
  const installs = values.system === 'distribution'
  return (
    <>
      <Card padded>
        <RadioCards
          label="System"
          cards="wide"
          options={SYSTEMS}
          errors={errorsOf('system')}
          {...register('system')}
        />
        {installs && values.discs.length === 0 && (
          <Button className="mt-2" onClick={() => goTo('discs')}>
            Add a disc
          </Button>
        )}
      </Card>
      {installs && (
        <>
          <Card padded>
            <DistributionPicker chosen={values.distribution} definitions={definitions} errorsOf={errorsOf} />
          </Card>
          <LoginCard {...props} />
        </>
      )}
      <Card padded>
        <TextField
          label="URL of the CD"
          optional
          mono
          type="url"
          autoComplete="off"
          placeholder="https://"
          hint={`An ISO image that BigV can fetch.${installs ? '' : ' Without one the machine has nothing to boot from.'}`}
          errors={errorsOf('cdrom_url')}
          {...register('cdrom_url')}
        />
      </Card>
    </>
  )
}

interface PickerProps {
  chosen: string
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
}

/** Distributions, searched by name and description. The chosen one is always shown. */
function DistributionPicker({ chosen, definitions, errorsOf }: PickerProps) {
  const { register, setValue } = useFormContext<CreateValues>()
  const [search, setSearch] = useState('')
  const id = useId()
  const { distributions, distribution_descriptions: descriptions = {} } = definitions ?? {}
  const words = search.toLowerCase().split(/\s+/)
  const found = (distributions ?? []).filter((name) => {
    const text = `${name} ${descriptions[name] ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
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
              // Enter would submit the form and go to the next step.
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
        hint={emptyHint(distributions, found.length)}
        errors={errorsOf('distribution')}
        {...register('distribution')}
      />
    </div>
  )
}

function emptyHint(names: readonly string[] | undefined, found: number): string | undefined {
  if (names === undefined) return 'BigV has not yet told what it has.'
  if (names.length === 0) return 'BigV says that it has none.'
  return found === 0 ? 'None is found by this search.' : undefined
}
