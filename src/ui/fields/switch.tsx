import type { ComponentProps, MouseEvent } from 'react'
import { useId } from 'react'
import { useTooltip } from '../tooltip.tsx'

type Props = Omit<ComponentProps<'input'>, 'type' | 'role'> & {
  disabledReason?: string | null | undefined
  pending?: boolean | undefined
}

/** The switch alone; name it by aria-label or a label around it. */
export function Switch({ disabledReason, pending = false, className = '', onClick, ...props }: Props) {
  const id = useId()
  const tooltip = useTooltip(disabledReason)
  const refused = Boolean(disabledReason)
  const click = (event: MouseEvent<HTMLInputElement>) => {
    if (!refused && !pending) {
      onClick?.(event)
      return
    }
    event.preventDefault()
    if (refused) tooltip.show(event.currentTarget)
  }
  return (
    <>
      <input
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native checkbox says by itself whether it is checked
        role="switch"
        {...props}
        {...tooltip.bind(props)}
        onClick={click}
        aria-disabled={refused || pending || undefined}
        aria-busy={pending || undefined}
        aria-describedby={[props['aria-describedby'], refused && id].filter(Boolean).join(' ') || undefined}
        className={`switch ${className}`}
      />
      {refused && (
        <span id={id} hidden>
          {disabledReason}
        </span>
      )}
      {tooltip.element}
    </>
  )
}
