import type { ComponentProps } from 'react'
import type { Tone } from './tone-icon.tsx'

type Props = ComponentProps<'span'> & { tone?: Tone | 'quiet' | undefined }

const TONES = {
  quiet: 'bg-raised text-muted',
  info: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

export function Tag({ tone = 'quiet', className = '', ...props }: Props) {
  return (
    <span
      {...props}
      className={`inline-block rounded-sm border border-transparent px-1.5 py-px text-2xs font-medium wrap-anywhere ${TONES[tone]} ${className}`}
    />
  )
}
