import { useState, type KeyboardEvent } from 'react'
import { Button } from '../../ui/button.tsx'

interface Props {
  label: string
  keys: readonly { label: string; onPress: () => void }[]
  mono?: boolean
}

/** Buttons that are one stop for Tab; the arrows, Home and End move within. There are a hundred keys. */
export function KeyRow({ label, keys, mono = false }: Props) {
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
      <p aria-hidden className="mb-1.5 text-xs font-semibold text-muted">
        {label}
      </p>
      <div
        role="toolbar"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="flex flex-wrap gap-1.5"
      >
        {keys.map((key, index) => (
          <Button
            key={key.label}
            size="small"
            tabIndex={index === stop ? 0 : -1}
            className={mono ? 'min-w-8 font-mono' : ''}
            onFocus={() => setStop(index)}
            onClick={key.onPress}
          >
            {key.label}
          </Button>
        ))}
      </div>
    </div>
  )
}
