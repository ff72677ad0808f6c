import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { KeyRow } from './key-row.tsx'
import { keyboardOf, MODIFIERS, type KeyboardRow, type KeyCap } from './keyboard.ts'

interface KeyboardProps {
  /** The key names of BigV's definitions. */
  names: readonly string[]
  onPress: (press: string) => void
}

/** A keyboard of the keys in BigV's definitions. Modifiers stay pressed until the next key, and are sent together with that key. */
export function OnScreenKeyboard({ names, onPress }: KeyboardProps) {
  const [held, setHeld] = useState<readonly string[]>([])
  const { main, beside, pad } = keyboardOf(names)
  const press = (name: string) => {
    if (MODIFIERS.has(name)) {
      setHeld(held.includes(name) ? held.filter((each) => each !== name) : [...held, name])
      return
    }
    onPress([...held, name].join('-'))
    setHeld([])
  }
  const rowKey = ({ name, cap, label, width, named }: KeyCap) => ({
    name,
    cap,
    label,
    width,
    held: MODIFIERS.has(name) ? held.includes(name) : undefined,
    disabledReason: named ? null : 'BigV can’t send this key.',
    onPress: () => press(name),
  })
  const row = ({ label, keys, inThrees }: KeyboardRow) => (
    <KeyRow key={label} caps inThrees={inThrees} label={label} keys={keys.map(rowKey)} />
  )
  const mainRow = ({ label, keys }: KeyboardRow) => (
    <KeyRow key={label} caps fills label={label} keys={keys.map(rowKey)} />
  )
  return (
    <div role="group" aria-label="Keyboard" className="@container grid gap-2">
      <div className="grid max-w-160 gap-1">{main.map(mainRow)}</div>
      {main.some(({ keys }) => keys.some(({ named }) => !named)) && (
        <p className="text-xs text-muted">Grey keys: BigV can’t send them, not even as text.</p>
      )}
      <p className="flex min-h-7 flex-wrap items-center gap-2 text-xs text-muted">
        {held.length === 0 ? (
          'Shift, Ctrl, Alt and AltGr stay pressed until the next key.'
        ) : (
          <>
            Held: <span className="font-mono">{held.join('-')}</span>
            <Button
              size="small"
              onClick={() => {
                onPress(held.join('-'))
                setHeld([])
              }}
            >
              Press {held.length === 1 ? 'it' : 'them'} alone
            </Button>
          </>
        )}
      </p>
      <details>
        <summary className="w-fit py-1 text-xs font-semibold text-muted">
          More keys: arrows, editing, number pad
        </summary>
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3 pt-1.5">
          <div className="grid max-w-44 gap-2">{beside.map(row)}</div>
          <div className="grid gap-2">{pad.map(row)}</div>
        </div>
      </details>
    </div>
  )
}
