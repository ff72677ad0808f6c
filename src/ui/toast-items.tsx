import ChevronDown from 'lucide-react/icons/chevron-down'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { Button, IconButton } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ToneIcon } from './notice.tsx'
import { dismissToast, useToasts, type ToastEntry } from './toast.ts'

interface ItemsProps {
  toasts: readonly ToastEntry[]
  list: RefObject<HTMLElement | null>
  /** True while the pointer or the focus is on the list, or a dialog is open: the timeouts pause. */
  paused: boolean
  onLastGone: () => void
}

/** The toasts of the list. F6 jumps to the newest and back. */
export function ToastItems({ toasts, list, paused, onLastGone }: ItemsProps) {
  const before = useRef<HTMLElement | null>(null)
  const [whole, setWhole] = useState(false)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || !list.current?.children.length) return
      event.preventDefault()
      const active = document.activeElement
      if (list.current.contains(active)) before.current?.focus()
      else {
        before.current = active instanceof HTMLElement ? active : null
        list.current.querySelector<HTMLElement>('li:last-of-type button')?.focus()
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

  return (
    <>
      {toasts.map((entry) => (
        <Toast
          key={entry.id}
          entry={entry}
          others={toasts.length - 1}
          paused={paused}
          onDismiss={() => dismiss(entry.id)}
          onWhole={() => setWhole(true)}
        />
      ))}
      {whole && <WholeToasts onClose={() => setWhole(false)} />}
    </>
  )
}

type Props = {
  entry: ToastEntry
  others: number
  paused: boolean
  onDismiss: () => void
  onWhole: () => void
}

const COLOURS = {
  info: 'bg-accent-soft border-accent/25',
  ok: 'bg-ok-soft border-ok/25',
  warn: 'bg-warn-soft border-warn/35',
  danger: 'bg-danger-soft border-danger/35',
}

/** In a column, a card. In the line of a small screen, the newest toast, on two lines at most; a button shows all of them whole. */
function Toast({ entry, others, paused, onDismiss, onWhole }: Props) {
  const { id, tone, title, text, details, action, stateFirst } = entry
  const item = useRef<HTMLLIElement>(null)

  useEffect(() => {
    const { id, timeout } = entry
    if (paused || timeout === null) return undefined
    // In a hidden tab, and behind a newer toast, the timeout waits until the toast is visible again.
    let timer = 0
    const restart = () => {
      clearTimeout(timer)
      if (!document.hidden) timer = window.setTimeout(end, timeout)
    }
    const end = () => (item.current?.checkVisibility() ? dismissToast(id) : restart())
    restart()
    document.addEventListener('visibilitychange', restart)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', restart)
    }
  }, [paused, entry])

  return (
    <li
      ref={item}
      id={id}
      className={`toast pointer-events-auto flex items-center gap-2 border-b px-3.5 max-md:h-10 max-md:not-last-of-type:hidden md:flex-wrap md:items-start md:rounded-lg md:border md:py-2 md:pr-1 md:pl-2.5 ${COLOURS[tone]}`}
    >
      <ToneIcon tone={tone} />
      <div
        className={`min-w-0 wrap-anywhere max-md:flex-1 max-md:text-xs md:contents ${stateFirst ? 'max-md:flex max-md:flex-col-reverse max-md:*:truncate' : 'max-md:line-clamp-2'}`}
      >
        <p className="font-semibold max-md:mr-1 max-md:inline md:min-w-0 md:flex-1">{title}</p>
        {text && (
          <p className="text-muted max-md:inline md:order-last md:basis-full md:pr-1.5 md:text-xs">{text}</p>
        )}
      </div>
      {details && (
        <details className="order-last basis-full pr-1.5 max-md:hidden">
          <summary className="w-fit py-0.5 text-xs text-muted underline">Details</summary>
          <p className="mt-0.5 text-xs wrap-anywhere text-muted">{details}</p>
        </details>
      )}
      {action && (
        <div className={`flex md:order-last md:basis-full md:pt-1.5 ${stateFirst ? 'max-md:hidden' : ''}`}>
          <Button
            size="small"
            className="max-md:h-8! max-md:border-transparent! max-md:bg-transparent! max-md:px-1! max-md:text-accent! max-md:underline!"
            onClick={() => {
              onDismiss()
              action.onClick()
            }}
          >
            {action.label}
          </Button>
        </div>
      )}
      {(others > 0 || text || details) && (
        <Button
          size="small"
          variant="quiet"
          className="px-1! md:hidden"
          aria-label={others > 0 ? `Show ${others + 1} notifications` : 'Show all of it'}
          onClick={onWhole}
        >
          {others > 0 && <span>{others + 1}</span>}
          <ChevronDown size={16} aria-hidden />
        </Button>
      )}
      <IconButton size="small" label="Dismiss" className="-my-0.5 max-md:-mr-2" onClick={onDismiss}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}

/** All toasts, as a sheet over a small screen. */
function WholeToasts({ onClose }: { onClose: () => void }) {
  const toasts = useToasts()
  return (
    <Dialog title="Notifications" onClose={onClose}>
      <ul className="grid gap-2">
        {toasts.toReversed().map(({ id, tone, title, text, details, action }) => (
          <li key={id} className={`flex gap-2.5 rounded-lg border p-2.5 ${COLOURS[tone]}`}>
            <ToneIcon tone={tone} />
            <div className="grid min-w-0 flex-1 justify-items-start gap-1 wrap-anywhere">
              <p className="font-semibold">{title}</p>
              {text && <p>{text}</p>}
              {details && (
                <details>
                  <summary className="w-fit py-0.5 text-xs text-muted underline">Details</summary>
                  <p className="mt-0.5 text-xs text-muted">{details}</p>
                </details>
              )}
              {action && (
                <Button
                  onClick={() => {
                    onClose()
                    dismissToast(id)
                    action.onClick()
                  }}
                >
                  {action.label}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
