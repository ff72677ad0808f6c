import { useRef, useState, type KeyboardEvent } from 'react'
import { NOTHING_HELD, record, type Recording } from '../../lib/keyboard-layouts/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/tag.tsx'

interface Props {
  names: readonly string[]
  /** The last press: Esc twice in a row ends the recording. */
  last: string | undefined
  onPress: (press: string) => void
  /** Removes the last press. Called at the second Esc, because the first Esc was not meant to be sent either. */
  onUndo: () => void
}

/** Records real key presses while it has the focus. A key counts by its position on the keyboard, not by its character. */
export function RecordKeys({ names, last, onPress, onUndo }: Props) {
  const area = useRef<HTMLInputElement>(null)
  const recording = useRef<Recording>(NOTHING_HELD)
  const [on, setOn] = useState(false)
  const [held, setHeld] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const known = new Set(names)

  const stop = () => {
    recording.current = NOTHING_HELD
    setHeld([])
    setOn(false)
  }
  const onKey = (type: 'down' | 'up') => (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const { code, key, repeat, timeStamp: at } = event
    const next = record(recording.current, { type, code, key, repeat, at }, known)
    recording.current = next.recording
    setHeld(next.recording.held.map(({ name }) => name))
    if (type === 'down' && !repeat) setProblem(next.problem ?? null)
    if (next.press === 'esc' && last === 'esc') {
      onUndo()
      stop()
      area.current?.parentElement?.querySelector('button')?.focus()
    } else if (next.press !== undefined) onPress(next.press)
  }

  return (
    <div className="grid gap-3">
      <p className="text-muted">
        Each key you press is added below by its position, whatever is printed on it. Your browser or system
        keeps some shortcuts, such as Ctrl W and Alt Tab. Press <Kbd>Esc</Kbd> twice to stop.
      </p>
      <div>
        <Button
          variant={on ? 'normal' : 'primary'}
          onClick={() => {
            if (on) return stop()
            setOn(true)
            setProblem(null)
            area.current?.focus()
          }}
        >
          {on ? 'Stop recording' : 'Record key presses'}
        </Button>
        <input
          ref={area}
          readOnly
          aria-label="Key recorder"
          tabIndex={-1}
          onKeyDown={on ? onKey('down') : undefined}
          onKeyUp={on ? onKey('up') : undefined}
          onBlur={stop}
          className={`control mt-3 block h-14! text-center font-mono ${on ? 'border-accent! bg-accent-soft!' : 'text-muted'}`}
          value={on ? (held.length === 0 ? 'Press keys…' : `${held.join('-')}-…`) : 'Not recording'}
        />
      </div>
      <p role="status" className="min-h-5 text-warn">
        {problem}
      </p>
    </div>
  )
}
