import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { saveCombination, savingReason, type ChosenPress } from './combinations.ts'

interface Props {
  chosen: readonly ChosenPress[]
  onChange: (chosen: readonly ChosenPress[]) => void
}

/** The presses that were chosen, in order; to be removed, or saved under a name. */
export function ChosenPresses({ chosen, onChange }: Props) {
  const [name, setName] = useState('')
  const [saved, setSaved] = useState('')
  const disabledReason = savingReason(chosen, name)
  const save = () => {
    if (disabledReason !== null) return
    saveCombination({ name: name.trim(), presses: chosen.map(({ press }) => press) })
    setSaved(`“${name.trim()}” is saved in this browser.`)
    setName('')
  }
  if (chosen.length === 0) return <p className="text-muted">No keys are chosen.</p>
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-1.5">
        <ol aria-label="Chosen presses" className="contents">
          {chosen.map(({ press, place }) => (
            <li key={place}>
              <Kbd className="font-mono">{press}</Kbd>
            </li>
          ))}
        </ol>
        <Button size="small" variant="quiet" onClick={() => onChange(chosen.slice(0, -1))}>
          Take back the last
        </Button>
        <Button size="small" variant="quiet" onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label="Save these presses as"
          className="max-w-56"
          value={name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => {
            setName(event.currentTarget.value)
            setSaved('')
          }}
        />
        <Button type="submit" disabledReason={disabledReason}>
          Save
        </Button>
        <p role="status" className="self-center text-xs text-muted">
          {saved}
        </p>
      </form>
    </div>
  )
}
