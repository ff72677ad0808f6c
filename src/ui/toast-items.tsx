import X from 'lucide-react/icons/x'
import { useEffect, useRef, type RefObject } from 'react'
import { Button, IconButton } from './button.tsx'
import { ToneIcon } from './notice.tsx'
import { dismissToast, type ToastEntry } from './toast.ts'

interface ItemsProps {
  toasts: readonly ToastEntry[]
  list: RefObject<HTMLElement | null>
  /** True while the pointer or the focus is on the list: the timeouts pause. */
  paused: boolean
  onLastGone: () => void
}

/** The toasts of the list. F6 jumps to the newest and back. */
export function ToastItems({ toasts, list, paused, onLastGone }: ItemsProps) {
  const before = useRef<HTMLElement | null>(null)

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
  }, [list])

  const dismiss = (id: string) => {
    // When the focused button is removed, the focus must not fall back to the body.
    const rest = [...(list.current?.children ?? [])].filter((item) => item.id !== id)
    if (list.current?.contains(document.activeElement)) {
      const next = rest.at(-1)?.querySelector<HTMLElement>('button') ?? before.current
      next?.focus()
    }
    if (rest.length === 0) onLastGone()
    dismissToast(id)
  }

  return toasts.map((entry) => (
    <Toast key={entry.id} entry={entry} paused={paused} onDismiss={() => dismiss(entry.id)} />
  ))
}

type Props = { entry: ToastEntry; paused: boolean; onDismiss: () => void }

const EDGES = { info: 'border-l-accent', ok: 'border-l-ok', warn: 'border-l-warn', danger: 'border-l-danger' }

function Toast({ entry, paused, onDismiss }: Props) {
  const { id, tone, title, text, details, action } = entry

  useEffect(() => {
    const { id, timeout } = entry
    if (paused || timeout === null) return undefined
    // In a hidden tab the timeout waits until the tab is visible again.
    let timer = 0
    const restart = () => {
      clearTimeout(timer)
      if (!document.hidden) timer = window.setTimeout(() => dismissToast(id), timeout)
    }
    restart()
    document.addEventListener('visibilitychange', restart)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', restart)
    }
  }, [paused, entry])

  return (
    <li
      id={id}
      className={`pointer-events-auto flex items-start gap-2.5 rounded-xl border border-l-4 border-line-strong bg-surface py-2.5 pr-2 pl-3 shadow-pop transition-[opacity,translate] starting:translate-y-2 starting:opacity-0 ${EDGES[tone]}`}
    >
      <ToneIcon tone={tone} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-semibold">{title}</p>
        {(text || details) && (
          <p className="text-muted">
            {text} {details}
          </p>
        )}
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
