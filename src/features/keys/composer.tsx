import { useState } from 'react'
import type { MachineData } from '../../api/virtual-machines.ts'
import { layoutFor } from '../../lib/keyboard-layouts/layouts.ts'
import { pressesOf, typeText } from '../../lib/keyboard-layouts/typing.ts'
import type { GroupRef } from '../../lib/links.ts'
import { Card } from '../../ui/card.tsx'
import { Segmented } from '../../ui/fields/segmented.tsx'
import { ChosenPresses } from './chosen-presses.tsx'
import { withPresses, type ChosenPress } from './combinations.ts'
import { PressKeys } from './press-keys.tsx'
import { RecordKeys } from './record-keys.tsx'
import { SendPresses } from './send-presses.tsx'
import { TypedPreview, TypeText, type Draft } from './type-text.tsx'

type Way = 'press' | 'record' | 'text'
const WAYS: { value: Way; label: string }[] = [
  { value: 'press', label: 'Press keys' },
  { value: 'record', label: 'Record' },
  { value: 'text', label: 'Type a text' },
]

interface Props {
  group: GroupRef
  machine: MachineData
  /** The key names of the definitions. */
  names: readonly string[]
}

/** Puts presses together, by hand or from a text, and sends them one after the other. */
export function KeyComposer({ group, machine, names }: Props) {
  const { keymap } = machine.vm
  const ownKeymap = typeof keymap === 'string' ? keymap : null
  const [way, setWay] = useState<Way>('press')
  const [chosen, setChosen] = useState<readonly ChosenPress[]>([])
  const [draft, setDraft] = useState<Draft>(() => ({
    text: '',
    layout: layoutFor(ownKeymap).layout.name,
    enter: false,
  }))
  const typed = typeText(
    draft.text + (draft.enter && draft.text !== '' ? '\n' : ''),
    layoutFor(draft.layout).layout,
    new Set(names),
  )
  const isText = way === 'text'
  const untypeable = typed.filter(({ presses }) => presses === null).length
  const add = (presses: readonly string[], recorded: boolean) =>
    setChosen((before) => withPresses(before, presses, recorded))

  return (
    <div className="grid gap-4">
      <Card
        title="Keys"
        padded
        actions={<Segmented label="How to put them together" value={way} onChange={setWay} options={WAYS} />}
      >
        {way === 'press' && <PressKeys names={names} onPress={(presses) => add(presses, false)} />}
        {way === 'record' && (
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
        missing={isText ? 'Type a text first.' : 'Choose keys first.'}
        problem={isText && untypeable > 0 ? 'Not all of it can be typed: take out what is marked.' : null}
        onSent={() => (isText ? setDraft({ ...draft, text: '' }) : setChosen([]))}
      >
        {isText ? <TypedPreview typed={typed} /> : <ChosenPresses chosen={chosen} onChange={setChosen} />}
      </SendPresses>
    </div>
  )
}
