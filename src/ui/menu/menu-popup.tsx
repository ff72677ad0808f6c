import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useLayer } from '../layers.ts'
import { anchorPopover } from '../position.ts'

const ITEMS = '[role^="menuitem"]'

type PopupProps = {
  id: string
  label: string
  anchor: HTMLElement
  align: 'start' | 'end'
  last: boolean
  children: ReactNode
  onClose: () => void
}

export function MenuPopup({ id, label, anchor, align, last, children, onClose }: PopupProps) {
  const ref = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const close = useEffectEvent(onClose)
  useLayer(onClose)
  const items = () => [...(ref.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])]

  useEffect(() => {
    const popup = ref.current
    if (!popup) return undefined
    const stop = anchorPopover(popup, anchor, { align })
    // Its height depends on the room beside its anchor.
    const observer = new ResizeObserver(() => fadeEnd(popup))
    observer.observe(popup)
    const all = popup.querySelectorAll<HTMLElement>(ITEMS)
    all[last ? all.length - 1 : 0]?.focus({ preventScroll: true })
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target as Node
      if (!popup.contains(target) && !anchor.contains(target)) close()
    }
    window.addEventListener('pointerdown', onPointerDown, true)
    return () => {
      stop()
      observer.disconnect()
      window.removeEventListener('pointerdown', onPointerDown, true)
    }
  }, [anchor, align, last])

  const onKeyDown = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const next = (): HTMLElement | undefined => {
      if (event.key === 'ArrowDown') return all[(at + 1) % all.length]
      if (event.key === 'ArrowUp') return all.at(at <= 0 ? -1 : at - 1)
      if (event.key === 'Home') return all[0]
      if (event.key === 'End') return all.at(-1)
      return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
        ? startingWith(event.key, all, at)
        : undefined
    }
    // Elements around the menu must not get these keys: tables react to arrow keys, and Escape would close a dialog.
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Tab') {
      // Closing focuses the menu's trigger. From there, the browser moves the focus to the trigger's neighbour.
      onClose()
    } else if (event.key === ' ' && all[at] instanceof HTMLAnchorElement) {
      event.preventDefault()
      all[at].click()
    } else {
      const item = next()
      if (!item) return
      event.preventDefault()
      item.focus()
    }
  }

  const startingWith = (key: string, all: HTMLElement[], at: number) => {
    const now = performance.now()
    const text = (now - typed.current.at < 700 ? typed.current.text : '') + key.toLowerCase()
    typed.current = { text, at: now }
    const from = text.length > 1 ? at : at + 1
    return [...all.slice(from), ...all.slice(0, from)].find((item) =>
      item.textContent.trim().toLowerCase().startsWith(text),
    )
  }

  return (
    <div
      ref={ref}
      id={id}
      role="menu"
      // The menu may scroll, so it must be focusable. Tab still closes the menu.
      tabIndex={0}
      aria-label={label}
      popover="manual"
      className="popup min-w-48 max-w-[min(22rem,calc(100vw-1rem))] overflow-y-auto overscroll-contain rounded-xl p-1 outline-none fade-below"
      onScroll={(event) => fadeEnd(event.currentTarget)}
      onKeyDown={onKeyDown}
      // The pointer and the arrow keys share one highlight: the focus.
      onPointerMove={(event) => {
        const item = (event.target as Element).closest<HTMLElement>(ITEMS)
        if (item && item !== document.activeElement) item.focus({ preventScroll: true })
      }}
      onClick={(event) => event.stopPropagation()}
    >
      {children}
    </div>
  )
}

/** Fades the menu's end while more of it follows below. */
function fadeEnd(popup: HTMLElement): void {
  const { scrollTop, scrollHeight, clientHeight } = popup
  popup.toggleAttribute('data-more-below', scrollTop + clientHeight < scrollHeight - 1)
}
