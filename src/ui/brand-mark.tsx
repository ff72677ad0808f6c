import type { ComponentProps } from 'react'

/** Two machines in a rack. */
export function BrandMark({ className = 'size-5 text-accent', ...props }: ComponentProps<'svg'>) {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
      {...props}
      className={className}
    >
      <rect x="2" y="3" width="16" height="6" rx="2" />
      <rect x="2" y="11" width="16" height="6" rx="2" />
      <path d="M5.5 6h.01M5.5 14h.01" />
    </svg>
  )
}
