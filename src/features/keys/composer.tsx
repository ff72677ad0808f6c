import { useState } from 'react'
import type { MachineData } from '../../api/virtual-machines.ts'
import { layoutFor } from '../../lib/keyboard-layouts/layouts.ts'
import { pressesOf, typeText } from '../../lib/keyboard-layouts/typing.ts'
import type { GroupRef } from '../../lib/links.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { Kbd } from '../../ui/tag.tsx'
import { saveCombination, savingReason, withPresses, type ChosenPress } from './combinations.ts'
import { OnScreenKeyboard } from './press-keys.tsx'
import { RecordKeys } from './record-keys.tsx'
import { SendPresses } from './send-presses.tsx'
import { TypedPreview, TypeText, type TextToType } from './type-text.tsx'

type Mode = 'press' | 'record' | 'text'
const MODES: { value: Mode; label: string }[] = [
  { value: 'press', label: 'Press keys' },
  { value: 'record', label: 'Record' },
  { value: 'text', label: 'Type text' },
]

interface Props {
  group: GroupRef
  machine: MachineData
  /** The key names of BigV's definitions. */
  names: readonly string[]
}

/** Composes key presses, by hand or from a text, and sends them one by one. */
export function KeyComposer({ group, machine, names }: Props) {
  const { keymap } = machine.vm
  const ownKeymap = typeof keymap === 'string' ? keymap : null
  const [mode, setMode] = useState<Mode>('press')
  const [chosen, setChosen] = useState<readonly ChosenPress[]>([])
  const [draft, setDraft] = useState<TextToType>(() => ({
    text: '',
    layout: layoutFor(ownKeymap).layout.name,
    enter: false,
  }))
  const typed = typeText(
    draft.text + (draft.enter && draft.text !== '' ? '\n' : ''),
    layoutFor(draft.layout).layout,
    new Set(names),
  )
  const isText = mode === 'text'
  const untypeable = typed.filter(({ presses }) => presses === null).length
  const add = (presses: readonly string[], recorded: boolean) =>
    setChosen((before) => withPresses(before, presses, recorded))

  return (
    <div className="flex flex-col gap-4 @3xl:grid @3xl:grid-cols-[minmax(0,1fr)_19rem] @3xl:items-start">
      <Card
        title="Compose"
        padded
        actions={<Segmented label="How to enter keys" value={mode} onChange={setMode} options={MODES} />}
      >
        {mode === 'press' && <OnScreenKeyboard names={names} onPress={(press) => add([press], false)} />}
        {mode === 'record' && (
          <RecordKeys
            names={names}
            last={chosen.at(-1)?.press}
            onPress={(press) => add([press], true)}
            onUndo={() => setChosen((before) => before.slice(0, -1))}
          />
        )}
        {isText && (
          <TypeText
            draft={draft}
            typed={typed}
            keymap={ownKeymap}
            onChange={(change) => setDraft({ ...draft, ...change })}
          />
        )}
      </Card>
      <SendPresses
        group={group}
        machine={machine}
        presses={isText ? pressesOf(typed) : chosen.map(({ press }) => press)}
        reasonIfEmpty={isText ? 'Enter some text first.' : 'Choose keys first.'}
        problem={
          isText && untypeable > 0
            ? 'Some characters can’t be typed with this layout. Remove the highlighted ones.'
            : null
        }
        onSent={() => (isText ? setDraft({ ...draft, text: '' }) : setChosen([]))}
      >
        {isText ? <TypedPreview typed={typed} /> : <ChosenPresses chosen={chosen} onChange={setChosen} />}
      </SendPresses>
    </div>
  )
}

interface ChosenPressesProps {
  chosen: readonly ChosenPress[]
  onChange: (chosen: readonly ChosenPress[]) => void
}

/** The chosen presses, which can be removed or saved under a name. */
function ChosenPresses({ chosen, onChange }: ChosenPressesProps) {
  const [name, setName] = useState('')
  const [saved, setSaved] = useState('')
  const disabledReason = savingReason(chosen, name)
  const save = () => {
    if (disabledReason !== null) return
    saveCombination({ name: name.trim(), presses: chosen.map(({ press }) => press) })
    setSaved(`Saved “${name.trim()}” in this browser.`)
    setName('')
  }
  if (chosen.length === 0) return <p className="text-muted">No keys chosen.</p>
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-1.5">
        <ol aria-label="Chosen presses" className="contents">
          {chosen.map(({ press, id }) => (
            <li key={id}>
              <Kbd className="font-mono">{press}</Kbd>
            </li>
          ))}
        </ol>
        <Button size="small" variant="quiet" onClick={() => onChange(chosen.slice(0, -1))}>
          Undo
        </Button>
        <Button size="small" variant="quiet" onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          label="Save as"
          className="min-w-0 flex-1"
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
      </form>
      <p role="status" className="text-xs text-muted">
        {saved}
      </p>
    </div>
  )
}
