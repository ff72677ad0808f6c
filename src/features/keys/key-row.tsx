import { useState, type KeyboardEvent } from 'react'
import { Button, type ButtonProps } from '../../ui/button.tsx'

interface RowKey {
  name: string
  /** The text on the key, if not its name. */
  cap?: string | undefined
  held?: boolean | undefined
  disabledReason?: string | null | undefined
  /** The key's width, in letter keys, if it is wider than its text. */
  width?: number | undefined
  /** The button's looks; the default is "normal". */
  variant?: ButtonProps['variant']
  pending?: boolean
  onPress: () => void
}

interface KeyRowProps {
  label: string
  keys: readonly RowKey[]
  /** True to style the buttons as keys. */
  caps?: boolean
  /** True for three keys per row, as on a number pad. */
  inThrees?: boolean
}

/** A row of buttons. Tab stops only once in the row, because there are a hundred keys. Arrow keys, Home and End move within it. */
export function KeyRow({ label, keys, caps = false, inThrees = false }: KeyRowProps) {
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
          size={caps ? 'small' : 'normal'}
          variant={key.variant}
          pending={key.pending ?? false}
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
