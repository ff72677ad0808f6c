import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { KeyRow } from './key-row.tsx'
import { keyboardOf, MODIFIERS, type KeyboardRow, type KeyCap } from './keyboard.ts'

interface Props {
  /** The key names of the definitions. */
  names: readonly string[]
  onPress: (press: string) => void
}

/** A keyboard of the definitions' keys. Shift and the like stay down until the next key, which is pressed with them. */
export function OnScreenKeyboard({ names, onPress }: Props) {
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
  const rowKey = ({ name, cap, width, named }: KeyCap) => ({
    name,
    cap,
    width,
    held: MODIFIERS.has(name) ? held.includes(name) : undefined,
    disabledReason: named ? null : 'BigV has no name for this key.',
    onPress: () => press(name),
  })
  const row = ({ label, keys, inThrees }: KeyboardRow) => (
    <KeyRow key={label} caps inThrees={inThrees} labelHidden label={label} keys={keys.map(rowKey)} />
  )
  return (
    <div role="group" aria-label="Keyboard" className="grid gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="grid max-w-160 flex-[1_1_30rem] gap-1">{main.map(row)}</div>
        <div className="grid max-w-44 gap-2">{beside.map(row)}</div>
        <div className="grid gap-2">{pad.map(row)}</div>
      </div>
      <p className="flex min-h-7 flex-wrap items-center gap-2 text-xs text-muted">
        {held.length === 0 ? (
          'Shift, Ctrl, Alt and AltGr stay down until the next key.'
        ) : (
          <>
            Down: <span className="font-mono">{held.join('-')}</span>
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
    </div>
  )
}
