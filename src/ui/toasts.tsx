import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { X } from 'lucide-react'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { dismissToast, toastStore } from './toast.ts'
import type { ToastEntry } from './toast.ts'
import { ToneIcon } from './tone-icon.tsx'

/** Mounted once. F6 jumps to the newest toast and back. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read)
  const list = useRef<HTMLOListElement>(null)
  const before = useRef<HTMLElement | null>(null)
  const [held, setHeld] = useState(false)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || !list.current?.children.length) return
      event.preventDefault()
      const active = document.activeElement
      if (list.current.contains(active)) before.current?.focus()
      else {
        before.current = active instanceof HTMLElement ? active : null
        list.current.querySelector<HTMLElement>('li:last-child button')?.focus()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  const dismiss = (id: string) => {
    // The focus must not fall to the body with the button it was on.
    const rest = [...(list.current?.children ?? [])].filter((item) => item.id !== id)
    if (list.current?.contains(document.activeElement)) {
      const next = rest.at(-1)?.querySelector<HTMLElement>('button') ?? before.current
      next?.focus()
    }
    if (rest.length === 0) setHeld(false)
    dismissToast(id)
  }

  return (
    <section
      aria-label="Notifications"
      className="toasts pointer-events-none fixed inset-x-3 z-50 sm:right-4 sm:left-auto sm:w-80"
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- they hold the clock, nothing is clicked */}
      <ol
        ref={list}
        aria-live="polite"
        aria-relevant="additions text"
        className="grid max-h-[45dvh] gap-2 overflow-y-auto overscroll-contain max-sm:-m-3 max-sm:p-3 sm:max-h-[80dvh] sm:overflow-visible"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setHeld(false)
        }}
      >
        {toasts.map((entry) => (
          <Toast key={entry.id} entry={entry} held={held} onDismiss={() => dismiss(entry.id)} />
        ))}
      </ol>
    </section>
  )
}

type Props = { entry: ToastEntry; held: boolean; onDismiss: () => void }

const EDGES = { info: 'border-l-accent', ok: 'border-l-ok', warn: 'border-l-warn', danger: 'border-l-danger' }

function Toast({ entry, held, onDismiss }: Props) {
  const { id, tone, title, text, action } = entry

  useEffect(() => {
    const { id, timeout } = entry
    if (held || timeout === null) return undefined
    // Nobody reads in a hidden tab: the time starts when it is seen again.
    let timer = 0
    const run = () => {
      clearTimeout(timer)
      if (!document.hidden) timer = window.setTimeout(() => dismissToast(id), timeout)
    }
    run()
    document.addEventListener('visibilitychange', run)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', run)
    }
  }, [held, entry])

  return (
    <li
      id={id}
      className={`pointer-events-auto flex items-start gap-2.5 rounded-xl border border-l-4 border-line-strong bg-surface py-2.5 pr-2 pl-3 shadow-pop transition-[opacity,translate] starting:translate-y-2 starting:opacity-0 ${EDGES[tone]}`}
    >
      <ToneIcon tone={tone} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-semibold">{title}</p>
        {text && <p className="text-muted">{text}</p>}
        {action && (
          <Button
            size="small"
            className="mt-2"
            onClick={() => {
              onDismiss()
              action.onClick()
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      <IconButton size="small" label="Dismiss" onClick={onDismiss}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
