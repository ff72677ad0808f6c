import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

type Props = {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  /** Buttons; they stay in sight while the content scrolls. */
  footer?: ReactNode
}

/** A panel at the side of the page, over it; what is below keeps its place. */
export function Drawer({ title, onClose, children, footer }: Props) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop fixed inset-0 z-40" />
        <Base.Popup className="drawer fixed inset-y-0 right-0 z-40 flex w-full flex-col border-l border-line-strong bg-canvas shadow-dialog outline-none sm:max-w-lg">
          <header className="flex items-center border-b border-line bg-surface py-2.5 pr-2.5 pl-4">
            <Base.Title className="flex-1 text-lg font-semibold">{title}</Base.Title>
            <IconButton label="Close" onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-surface px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
