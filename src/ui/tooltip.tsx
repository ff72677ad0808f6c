import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import { anchorPopover } from './position.ts'

const WAIT_MS = 300
// Leaves time to move the pointer onto the tooltip (WCAG 1.4.13).
const LINGER_MS = 150

const dialogAround = (control: Element) => control.closest('[role=dialog], [role=alertdialog]')

type Handlers = {
  onPointerEnter?: ((event: PointerEvent<never>) => void) | undefined
  onPointerLeave?: ((event: PointerEvent<never>) => void) | undefined
  onPointerDown?: ((event: PointerEvent<never>) => void) | undefined
  onFocus?: ((event: FocusEvent<never>) => void) | undefined
  onBlur?: ((event: FocusEvent<never>) => void) | undefined
}

/**
 * A text beside a control on hover and focus. The tooltip is hidden from screen readers, so the caller must describe the control for them.
 */
export function useTooltip(text: ReactNode, { namesOnly = false }: { namesOnly?: boolean } = {}) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef(0)
  const later = (ms: number, next: Element | null) => {
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setAnchor(next), ms)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  const show = (element: Element) => {
    clearTimeout(timer.current)
    setAnchor(element)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    show,
    // The handlers are the same with and without a text, so that the control keeps its element and focus.
    bind: (own: Handlers = {}) => ({
      onPointerEnter: (event: PointerEvent<never>) => {
        own.onPointerEnter?.(event)
        if (text && event.pointerType !== 'touch') later(WAIT_MS, event.currentTarget)
      },
      onPointerLeave: (event: PointerEvent<never>) => {
        own.onPointerLeave?.(event)
        later(LINGER_MS, null)
      },
      onPointerDown: (event: PointerEvent<never>) => {
        own.onPointerDown?.(event)
        hide()
      },
      onFocus: (event: FocusEvent<never>) => {
        own.onFocus?.(event)
        // Don't repeat a name when the focus returns to its control from a menu or a dialog, nor when a dialog gives its control the
        // first focus.
        const from = event.relatedTarget
        const dialog = dialogAround(event.currentTarget)
        const back = !from || from.closest('[popover]') || (dialog && !dialog.contains(from))
        if (!text || (namesOnly && back)) return
        if ((event.currentTarget as Element).matches(':focus-visible')) show(event.currentTarget)
      },
      onBlur: (event: FocusEvent<never>) => {
        own.onBlur?.(event)
        hide()
      },
    }),
    element: anchor && text && (
      <TooltipPopup
        anchor={anchor}
        namesOnly={namesOnly}
        onHide={hide}
        onStay={() => clearTimeout(timer.current)}
      >
        {text}
      </TooltipPopup>
    ),
  }
}

type PopupProps = {
  anchor: Element
  namesOnly: boolean
  children: ReactNode
  onHide: () => void
  onStay: () => void
}

function TooltipPopup({ anchor, namesOnly, children, onHide, onStay }: PopupProps) {
  const ref = useRef<HTMLSpanElement>(null)
  const hide = useEffectEvent(onHide)
  useEffect(
    () => (ref.current ? anchorPopover(ref.current, anchor, { align: 'center', side: 'top' }) : undefined),
    [anchor],
  )
  useEffect(() => {
    // Escape also closes what is open on the page: users don't press it for a tooltip.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const onPointerDown = (event: globalThis.PointerEvent) => {
      if (!anchor.contains(event.target as Node)) hide()
    }
    window.addEventListener('keydown', onKeyDown, true)
    window.addEventListener('pointerdown', onPointerDown, true)
    return () => {
      window.removeEventListener('keydown', onKeyDown, true)
      window.removeEventListener('pointerdown', onPointerDown, true)
    }
  }, [anchor])

  return (
    <span
      ref={ref}
      popover="manual"
      // The text is already the control's description.
      aria-hidden
      onPointerEnter={onStay}
      onPointerLeave={onHide}
      // A touch screen needs only the reasons, which a tap shows.
      className={`popup max-w-72 rounded-md px-2 py-1 text-xs wrap-anywhere ${namesOnly ? 'pointer-coarse:hidden' : ''}`}
    >
      {children}
    </span>
  )
}
