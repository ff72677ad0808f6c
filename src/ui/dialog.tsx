import { Dialog as Base } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { useLayer } from './layers.ts'

type DialogProps = {
  title: ReactNode
  onClose: () => void
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the main one last; they stay visible while the content scrolls. */
  footer?: ReactNode
  width?: 'small' | 'normal' | 'wide' | undefined
  /** True: asks a question that interrupts, and a click outside doesn't close it. Screen readers call it an alert. */
  alert?: boolean | undefined
  /** True: has input, so a click outside doesn't close it. */
  form?: boolean | undefined
  initialFocus?: ComponentProps<typeof Base.Popup>['initialFocus']
  /** False: there is no close button and Escape doesn't close the dialog, as closing it would lose something. */
  dismissible?: boolean | undefined
  /** True: shows a value that can't be shown again. Anything that would close the dialog, except its own buttons, asks first. */
  keeps?: boolean | undefined
  /** True: stays visible above the cover that hides the page of an idle user. */
  aboveCover?: boolean | undefined
}

const WIDTHS = { small: 'sm:max-w-md', normal: 'sm:max-w-xl', wide: 'sm:max-w-4xl' }

/** A dialog over the page, open while rendered. On a phone it is a bottom sheet. */
export function Dialog({
  title,
  onClose,
  description,
  children,
  footer,
  width = 'normal',
  alert = false,
  form = false,
  initialFocus,
  dismissible = true,
  keeps = false,
  aboveCover = false,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  useEffect(() => focusHeadingIfLost, [])
  const [asks, setAsks] = useState(false)
  const dismiss = () => {
    if (keeps) setAsks(true)
    else if (dismissible) onClose()
  }
  useLayer(dismiss)
  // Focuses the first field. If there is none, focuses the first footer button, which changes nothing. On touch screens, focuses neither,
  // because a field would open the keyboard.
  const firstControl: DialogProps['initialFocus'] = (by) =>
    by === 'touch' ||
    (popup.current?.querySelector<HTMLElement>(
      ':is(input, select, textarea):enabled, [data-footer] button',
    ) ??
      true)

  return (
    <Base.Root
      open
      disablePointerDismissal={alert || form || !dismissible}
      onOpenChange={(_, details) => {
        if (keeps || !dismissible) details.cancel()
        dismiss()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="backdrop fixed inset-0 z-40" />
        <Base.Viewport
          data-above-cover={aboveCover || undefined}
          className="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:overflow-y-auto sm:px-4 sm:py-[8vh]"
        >
          <Base.Popup
            role={alert ? 'alertdialog' : 'dialog'}
            aria-modal
            ref={popup}
            initialFocus={initialFocus ?? firstControl}
            className={`dialog relative flex max-h-[94dvh] w-full flex-col rounded-t-2xl border border-line-strong bg-surface wrap-anywhere shadow-dialog outline-none sm:max-h-[84vh] sm:rounded-2xl ${WIDTHS[width]}`}
          >
            {/* Not a header or footer element: those are the page's landmarks. A long name in the title must not push the buttons off the screen. */}
            <div
              className={`max-h-[45dvh] shrink-0 overflow-y-auto border-line py-4 pl-4 ${children ? 'border-b' : ''} ${dismissible ? 'pr-14' : 'pr-4'}`}
            >
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-1 text-muted [&_strong]:font-semibold [&_strong]:text-text">
                  {description}
                </Base.Description>
              )}
            </div>
            {/* Browsers make this element focusable when it scrolls, so that the arrow keys work. */}
            {children && (
              <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
            )}
            {footer && (
              <div
                data-footer
                className="flex flex-wrap justify-end gap-2 rounded-b-2xl border-t border-line bg-canvas px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:*:h-auto! max-sm:*:min-h-11 max-sm:*:flex-auto max-sm:*:py-1 max-sm:*:whitespace-normal"
              >
                {asks ? (
                  <>
                    <p role="alert" className="flex-1 self-center font-semibold">
                      Copied? You can’t see it again.
                    </p>
                    <Button ref={focusOnce} onClick={() => setAsks(false)}>
                      Not yet
                    </Button>
                    <Button variant="primary" onClick={onClose}>
                      Yes, close
                    </Button>
                  </>
                ) : (
                  footer
                )}
              </div>
            )}
            {/* Last in the tab order, so that the focus starts in the content. */}
            {dismissible && (
              <IconButton label="Close" icon={X} className="absolute! top-2.5 right-2.5" onClick={dismiss} />
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** The button that had the focus is gone. */
const focusOnce = (button: HTMLButtonElement | null) => button?.focus()

/** Focuses the page's heading if the control that opened the dialog is gone, as a purged disc's or the selection's is. */
function focusHeadingIfLost() {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  })
}

type DrawerProps = {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}

/** A panel over the side of the page, which keeps its scroll position. */
export function Drawer({ title, onClose, children, footer }: DrawerProps) {
  useLayer(onClose)
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop fixed inset-0 z-40" />
        <Base.Popup
          aria-modal
          className="drawer fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line-strong bg-canvas shadow-dialog outline-none sm:max-w-lg"
        >
          <div className="flex items-center border-b border-line bg-surface py-2.5 pr-2.5 pl-4">
            <Base.Title className="flex-1 text-lg font-semibold">{title}</Base.Title>
            <IconButton label="Close" icon={X} onClick={onClose} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
          {footer && (
            <div
              data-footer
              className="flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]"
            >
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
