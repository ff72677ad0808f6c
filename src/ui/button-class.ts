export type ButtonLook = {
  variant?: 'normal' | 'primary' | 'quiet' | 'danger' | undefined
  size?: 'normal' | 'small' | undefined
}

const SIZES = {
  normal: 'h-8 px-3 text-base pointer-coarse:h-11',
  small: 'h-7 px-2 text-xs pointer-coarse:h-10',
}

const VARIANTS = {
  normal: 'border-line-strong bg-surface text-text hover:bg-raised active:bg-line',
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
  quiet: 'border-transparent text-muted hover:bg-raised hover:text-text active:bg-line',
  danger: 'border-danger/45 bg-surface text-danger hover:bg-danger-soft active:border-danger',
}

const DISABLED = 'border-line bg-raised text-faint'
const QUIET_DISABLED = 'border-transparent text-faint'

/** The looks of a button, for links that stand among buttons. */
export function buttonClass({
  variant = 'normal',
  size = 'normal',
  disabled = false,
}: ButtonLook & { disabled?: boolean } = {}) {
  return `inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap no-underline transition-colors select-none ${SIZES[size]} ${!disabled ? VARIANTS[variant] : variant === 'quiet' ? QUIET_DISABLED : DISABLED}`
}
