import type { LucideIcon } from 'lucide-react'
import { useId, type ComponentProps, type MouseEvent } from 'react'
import { Spinner } from './spinner.tsx'
import { useTooltip } from './tooltip.tsx'

type ButtonLook = {
  /** `confirm-danger`: the button that confirms a loss; it is filled, as `primary` is. */
  variant?: 'normal' | 'primary' | 'quiet' | 'danger' | 'confirm-danger' | undefined
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
  'confirm-danger':
    'border-danger bg-danger text-on-accent hover:border-danger-strong hover:bg-danger-strong',
  danger: 'border-danger/45 bg-surface text-danger hover:bg-danger-soft active:border-danger',
}

const DISABLED = 'border-line bg-raised text-faint'
const QUIET_DISABLED = 'border-transparent text-faint'

/** The CSS classes of a button, for a link that must look like one. */
export function buttonClass({
  variant = 'normal',
  size = 'normal',
  disabled = false,
}: ButtonLook & { disabled?: boolean } = {}) {
  return `inline-flex max-w-full shrink-0 items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap no-underline transition-colors select-none print:hidden ${SIZES[size]} ${!disabled ? VARIANTS[variant] : variant === 'quiet' ? QUIET_DISABLED : DISABLED}`
}

export type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    /** Why the button is disabled, as a sentence; null if the button is enabled. */
    disabledReason?: string | null | undefined
    /** A tooltip that repeats the name of an icon button. Screen readers don't get the tooltip as a description. */
    hint?: string | undefined
    pending?: boolean | undefined
  }

/** A button that says why it is disabled, and keeps its label and focus while pending. */
export function Button({
  variant,
  size,
  disabledReason,
  hint,
  pending = false,
  className = '',
  onClick,
  children,
  ...props
}: ButtonProps) {
  const id = useId()
  const tooltip = useTooltip(disabledReason ?? hint, { namesOnly: !disabledReason })
  const hasReason = Boolean(disabledReason)
  const idle = !hasReason && !pending

  // aria-disabled instead of the disabled attribute, so that the button can get the focus and show the reason.
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) {
      onClick?.(event)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    // Touch screens have no hover, so a tap shows the reason.
    if (hasReason) tooltip.show(event.currentTarget)
  }

  return (
    <>
      <button
        type="button"
        {...props}
        {...tooltip.bind(props)}
        onClick={click}
        aria-disabled={idle ? props['aria-disabled'] : true}
        aria-busy={pending || undefined}
        aria-describedby={[props['aria-describedby'], hasReason && id].filter(Boolean).join(' ') || undefined}
        className={`${buttonClass({ variant, size, disabled: hasReason || props.disabled === true })} ${pending ? 'cursor-progress! opacity-75' : ''} ${className}`}
      >
        {pending && <Spinner />}
        {children}
      </button>
      {hasReason && (
        <span id={id} hidden>
          {disabledReason}
        </span>
      )}
      {tooltip.element}
    </>
  )
}

type IconButtonProps = Omit<ButtonProps, 'aria-label' | 'hint'> & { label: string; icon?: LucideIcon }

/** A button with an icon. The label is its name and its tooltip. */
export function IconButton({
  label,
  icon: Icon,
  variant = 'quiet',
  size = 'normal',
  className = '',
  children,
  ...props
}: IconButtonProps) {
  const square = size === 'small' ? 'w-7 pointer-coarse:w-10' : 'w-8 pointer-coarse:w-11'
  return (
    <Button
      variant={variant}
      size={size}
      {...props}
      hint={label}
      aria-label={label}
      className={`${square} px-0! ${className}`}
    >
      {Icon ? <Icon size={size === 'small' ? 15 : 16} aria-hidden /> : children}
    </Button>
  )
}
