import type { ReactNode } from 'react'
import { ToneIcon } from './tone-icon.tsx'
import type { Tone } from './tone-icon.tsx'

type Props = {
  tone?: Tone | undefined
  title?: ReactNode
  children?: ReactNode
  /** Buttons; behind the text, below it where there is no room. */
  actions?: ReactNode
  /** 'alert' or 'status', where it comes up after the page is there. */
  role?: 'alert' | 'status' | undefined
  className?: string | undefined
}

const TONES: Record<Tone, string> = {
  info: 'bg-accent-soft border-accent/25',
  ok: 'bg-ok-soft border-ok/25',
  warn: 'bg-warn-soft border-warn/35',
  danger: 'bg-danger-soft border-danger/35',
}

export function Notice({ tone = 'info', title, children, actions, role, className = '' }: Props) {
  return (
    <div
      role={role}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-3.5 py-2.5 ${TONES[tone]} ${className}`}
    >
      <div className="flex min-w-0 flex-[1_1_16rem] items-start gap-2.5">
        <ToneIcon tone={tone} />
        <div className="min-w-0 flex-1 wrap-anywhere">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div>{children}</div>}
        </div>
      </div>
      {actions && <div className="flex min-w-0 flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}
