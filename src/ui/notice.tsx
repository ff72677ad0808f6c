import CircleAlert from 'lucide-react/icons/circle-exclamation-point'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-exclamation-point'
import type { ReactNode } from 'react'

export type Tone = 'info' | 'ok' | 'warn' | 'danger'

const ICONS = { info: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert }
const ICON_COLOURS: Record<Tone, string> = {
  info: 'text-accent',
  ok: 'text-ok',
  warn: 'text-warn',
  danger: 'text-danger',
}

/** The tone as an icon, hidden from screen readers: the text must convey it too. */
export function ToneIcon({ tone }: { tone: Tone }) {
  const Icon = ICONS[tone]
  return <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${ICON_COLOURS[tone]}`} />
}

type NoticeProps = {
  tone?: Tone | undefined
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** 'alert' or 'status' if the notice appears later than the page. */
  role?: 'alert' | 'status' | undefined
  className?: string | undefined
}

const NOTICE_COLOURS: Record<Tone, string> = {
  info: 'bg-accent-soft border-accent/25',
  ok: 'bg-ok-soft border-ok/25',
  warn: 'bg-warn-soft border-warn/35',
  danger: 'bg-danger-soft border-danger/35',
}

/** A message within the page. For messages on any page, see toast.ts. */
export function Notice({ tone = 'info', title, children, actions, role, className = '' }: NoticeProps) {
  return (
    <div
      role={role}
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-3.5 py-2.5 ${NOTICE_COLOURS[tone]} ${className}`}
    >
      <div className="flex min-w-0 flex-[1_1_16rem] items-start gap-2.5">
        <ToneIcon tone={tone} />
        <div className="min-w-0 flex-1 wrap-anywhere">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div>{children}</div>}
        </div>
      </div>
      {/* Off, or a button's spinner would make screen readers read out the whole notice again. */}
      {actions && (
        <div aria-live={role && 'off'} className="flex min-w-0 flex-wrap items-center gap-2">
          {actions}
        </div>
      )}
    </div>
  )
}

type ErrorProps = {
  title: ReactNode
  text?: ReactNode
  /** Details for a bug report: method, path, status. */
  details?: ReactNode
  children?: ReactNode
}

/** The error of a form or a page; announced when it appears. */
export function FormError({ title, text, details, children }: ErrorProps) {
  return (
    <Notice role="alert" tone="danger" title={title} actions={children}>
      {text}
      {details && (
        <details className="mt-1">
          <summary className="w-fit py-0.5 text-xs text-muted underline">Details</summary>
          <div className="mt-1 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{details}</div>
        </details>
      )}
    </Notice>
  )
}
