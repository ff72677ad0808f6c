import type { ReactNode } from 'react'
import { Notice } from '../notice.tsx'

type Props = {
  title: ReactNode
  text?: ReactNode
  /** What to pass on to somebody who can help: method, path, status. */
  details?: ReactNode
  /** Buttons: try again, copy. */
  children?: ReactNode
  className?: string | undefined
}

/** What went wrong with the form as a whole, read out when it comes up. */
export function FormError({ title, text, details, children, className }: Props) {
  return (
    <Notice role="alert" tone="danger" title={title} actions={children} className={className}>
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
