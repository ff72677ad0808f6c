import type { ReactNode } from 'react'
import { Outlet } from 'react-router'
import { Toasts } from '../../ui/toasts.tsx'

type Props = { className?: string; /** Hidden below 768 px. */ children?: ReactNode }

/**
 * The column beside a page. Its foot is the toasts' place. Below 768 px it is no box of its own: its content hides, and the toasts are the
 * line above the page.
 */
export function SideColumn({ className = '', children }: Props) {
  return (
    <div className={`max-md:contents print:hidden ${className}`}>
      <div className="max-md:contents md:sticky md:top-[var(--header,3rem)] md:flex md:h-[calc(100dvh-var(--header,3rem))] md:flex-col md:justify-end">
        {children}
        <Toasts />
      </div>
    </div>
  )
}

/** Pages without the frame: sign-in, and what replaces a frame that fails. A second empty column keeps the page in the middle. */
export function Unframed({ children }: { children?: ReactNode }) {
  return (
    <div className="[--header:0rem] md:grid md:grid-cols-[13.5rem_minmax(0,1fr)_13.5rem]">
      <SideColumn />
      {children ?? <Outlet />}
    </div>
  )
}
