import type { ComponentProps } from 'react'
import type { Tone } from './notice.tsx'

type Props = ComponentProps<'span'> & { tone?: Tone | 'quiet' | undefined }

const TONES = {
  quiet: 'bg-raised text-muted',
  info: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

/** A label of a word or two. */
export function Tag({ tone = 'quiet', className = '', ...props }: Props) {
  return (
    <span
      {...props}
      className={`inline-block rounded-sm border border-transparent px-1.5 py-px text-2xs font-medium wrap-anywhere ${TONES[tone]} ${className}`}
    />
  )
}

export function Kbd({ className = '', ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      {...props}
      className={`inline-block rounded-xs border border-b-2 border-line-strong bg-surface px-1.25 py-0.5 text-2xs leading-none text-muted ${className}`}
    />
  )
}
