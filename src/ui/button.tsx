import { useId } from 'react'
import type { ComponentProps, MouseEvent } from 'react'
import { buttonClass } from './button-class.ts'
import type { ButtonLook } from './button-class.ts'
import { Spinner } from './spinner.tsx'
import { useTooltip } from './tooltip.tsx'

export type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    /** Why it cannot be used now, as a sentence; null when it can. */
    disabledReason?: string | null | undefined
    /** A tooltip that only repeats what the name says, as of an icon; it is no description. */
    hint?: string | undefined
    /** Its own action is under way. It keeps its label and its focus. */
    pending?: boolean | undefined
  }

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
  const tooltip = useTooltip(disabledReason ?? hint, { shy: !disabledReason })
  const refused = Boolean(disabledReason)
  const idle = !refused && !pending

  // Not the disabled attribute: a control that cannot be focused cannot say why.
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) {
      onClick?.(event)
      return
    }
    event.preventDefault()
    event.stopPropagation()
    // A finger does not hover.
    if (refused) tooltip.show(event.currentTarget)
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
        aria-describedby={[props['aria-describedby'], refused && id].filter(Boolean).join(' ') || undefined}
        className={`${buttonClass({ variant, size, disabled: refused || props.disabled === true })} ${pending ? 'cursor-progress! opacity-75' : ''} ${className}`}
      >
        {pending && <Spinner />}
        {children}
      </button>
      {refused && (
        <span id={id} hidden>
          {disabledReason}
        </span>
      )}
      {tooltip.element}
    </>
  )
}
