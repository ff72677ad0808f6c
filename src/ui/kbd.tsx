import type { ComponentProps } from 'react'

export function Kbd({ className = '', ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      {...props}
      className={`inline-block rounded-xs border border-b-2 border-line-strong bg-surface px-1.25 py-0.5 text-2xs leading-none text-muted ${className}`}
    />
  )
}
