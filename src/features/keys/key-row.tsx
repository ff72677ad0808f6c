import { useState, type KeyboardEvent } from 'react'
import { Button } from '../../ui/button.tsx'

interface RowKey {
  name: string
  /** The symbol on the key; screen readers say its name. */
  cap?: string | undefined
  /** The word on the key, if not its name, which is then its description. */
  label?: string | undefined
  held?: boolean | undefined
  disabledReason?: string | null | undefined
  /** The key's width, in letter keys, if it is wider than its text. */
  width?: number | undefined
  /** True if the key may restart the machine. */
  warns?: boolean
  onPress: () => void
}

interface KeyRowProps {
  label: string
  keys: readonly RowKey[]
  /** True to style the buttons as keys. */
  caps?: boolean
  /** True for three keys per row, as on a number pad. */
  inThrees?: boolean
  /** True for a row of the main block, whose keys fill its width where there is room. */
  fills?: boolean
}

/** The looks of a button that may restart the machine. */
export const WARNS = 'border-warn/45! text-warn! hover:bg-warn-soft!'

/** A row of buttons. Tab stops only once in the row, because there are a hundred keys. Arrow keys, Home and End move within it. */
export function KeyRow({ label, keys, caps = false, inThrees = false, fills = false }: KeyRowProps) {
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
      className={`${inThrees ? 'grid w-fit grid-cols-3' : 'flex flex-wrap'} ${caps ? 'gap-1' : 'gap-1.5'} ${fills ? '@xl:-mx-0.5 @xl:grid @xl:grid-cols-120 @xl:gap-0 @xl:*:mx-0.5' : ''}`}
    >
      {keys.map((key, index) => (
        <Button
          key={key.name}
          size={caps ? 'small' : 'normal'}
          tabIndex={index === stop ? 0 : -1}
          aria-label={key.cap === undefined ? undefined : key.name}
          aria-pressed={key.held}
          aria-description={key.label === undefined ? undefined : key.name}
          hint={key.cap === undefined && key.label === undefined ? undefined : key.name}
          disabledReason={key.disabledReason}
          className={caps ? capClass(key) : key.warns && !key.disabledReason ? WARNS : ''}
          style={
            caps
              ? {
                  flexBasis: `${widthOf(key) * 2}rem`,
                  ...(fills && { gridColumn: `span ${(key.width ?? 1) * 8}` }),
                }
              : undefined
          }
          onFocus={() => setStop(index)}
          onClick={key.onPress}
        >
          {key.cap ?? key.label ?? key.name}
        </Button>
      ))}
    </div>
  )
}

/** The key's width, in letter keys. */
function widthOf({ width, cap, label, name }: RowKey): number {
  return width ?? Math.max(1, ((cap ?? label ?? name).length * 7 + 10) / 32)
}

function capClass({ width, label, held }: RowKey): string {
  const grows = width === undefined ? '' : 'grow'
  const down = held ? 'border-accent! bg-accent-soft! text-accent!' : ''
  return `min-w-9 border-b-2! lg:min-w-8 px-1! text-2xs! ${label === undefined ? 'font-mono' : ''} ${grows} ${down}`
}
