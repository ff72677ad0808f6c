import X from 'lucide-react/icons/x'
import { useState, type KeyboardEvent } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import {
  combinationReason,
  deleteCombination,
  savedCombinations,
  COMMON,
  type Combination,
} from './combinations.ts'
import { keyboardOf, MODIFIERS, type KeyboardRow, type KeyCap } from './keyboard.ts'

interface Props {
  names: readonly string[]
  onPress: (presses: readonly string[]) => void
}

/** Common combinations, saved combinations, and an on-screen keyboard. */
export function PressKeys({ names, onPress }: Props) {
  const saved = savedCombinations.use()
  const known = new Set(names)
  return (
    <div className="grid gap-4">
      <KeyRow
        label="Combinations"
        keys={COMMON.map((each) => ({
          name: each.name,
          disabledReason: combinationReason(each, known),
          onPress: () => onPress(each.presses),
        }))}
      />
      {saved.length > 0 && (
        <div>
          <p className="mb-1.5 text-xs font-semibold text-muted">Saved in this browser</p>
          <ul aria-label="Saved combinations" className="flex flex-wrap gap-x-3 gap-y-1.5">
            {saved.map((each) => (
              <Saved key={each.name} combination={each} known={known} onPress={onPress} />
            ))}
          </ul>
        </div>
      )}
      <OnScreenKeyboard names={names} onPress={(press) => onPress([press])} />
    </div>
  )
}

interface SavedProps {
  combination: Combination
  known: ReadonlySet<string>
  onPress: Props['onPress']
}

function Saved({ combination, known, onPress }: SavedProps) {
  return (
    <li className="flex items-center">
      <Button
        size="small"
        disabledReason={combinationReason(combination, known)}
        onClick={() => onPress(combination.presses)}
      >
        {combination.name}
        <span className="font-mono text-2xs font-normal text-muted">{combination.presses.join(' ')}</span>
      </Button>
      <IconButton
        label={`Delete ${combination.name}`}
        size="small"
        onClick={() => deleteCombination(combination.name)}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}

interface KeyboardProps {
  /** The key names of BigV's definitions. */
  names: readonly string[]
  onPress: (press: string) => void
}

/** A keyboard of the keys in BigV's definitions. Modifiers stay pressed until the next key, and are sent together with that key. */
function OnScreenKeyboard({ names, onPress }: KeyboardProps) {
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
    disabledReason: named ? null : 'BigV can’t send this key.',
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
    </div>
  )
}

interface RowKey {
  name: string
  /** The text on the key, if not its name. */
  cap?: string | undefined
  held?: boolean | undefined
  disabledReason?: string | null | undefined
  /** The key's width, in letter keys, if it is wider than its text. */
  width?: number | undefined
  onPress: () => void
}

interface KeyRowProps {
  label: string
  keys: readonly RowKey[]
  /** True to style the buttons as keys. */
  caps?: boolean
  /** True for three keys per row, as on a number pad. */
  inThrees?: boolean
  labelHidden?: boolean
}

/** A row of buttons. Tab stops only once in the row, because there are a hundred keys. Arrow keys, Home and End move within it. */
function KeyRow({ label, keys, caps = false, inThrees = false, labelHidden = false }: KeyRowProps) {
  const [stop, setStop] = useState(0)
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const next = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: keys.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const to = (next + keys.length) % keys.length
    setStop(to)
    buttons[to]?.focus()
  }
  return (
    <div>
      {!labelHidden && (
        <p aria-hidden className="mb-1.5 text-xs font-semibold text-muted">
          {label}
        </p>
      )}
      <div
        role="toolbar"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className={`${inThrees ? 'grid w-fit grid-cols-3' : 'flex flex-wrap'} ${caps ? 'gap-1' : 'gap-1.5'}`}
      >
        {keys.map((key, index) => (
          <Button
            key={key.name}
            size="small"
            tabIndex={index === stop ? 0 : -1}
            aria-label={key.cap === undefined ? undefined : key.name}
            aria-pressed={key.held}
            hint={key.cap === undefined ? undefined : key.name}
            disabledReason={key.disabledReason}
            className={caps ? capClass(key) : ''}
            style={caps ? { flexBasis: `${widthOf(key) * 2}rem` } : undefined}
            onFocus={() => setStop(index)}
            onClick={key.onPress}
          >
            {key.cap ?? key.name}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** The key's width, in letter keys. */
function widthOf({ width, cap, name }: RowKey): number {
  return width ?? Math.max(1, ((cap ?? name).length * 7 + 10) / 32)
}

function capClass({ width, held }: RowKey): string {
  const grows = width === undefined ? '' : 'grow'
  const down = held ? 'border-accent! bg-accent-soft! text-accent!' : ''
  return `min-w-9 border-b-2! lg:min-w-8 px-1! font-mono text-2xs! ${grows} ${down}`
}
