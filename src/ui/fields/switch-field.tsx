import { useId, type ComponentProps, type MouseEvent } from 'react'
import { useTooltip } from '../tooltip.tsx'
import { FieldRow, joinIds, splitField, type FieldProps } from './field.tsx'

type SwitchProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & {
  /** Why it cannot be changed now, as a sentence; null when it can. */
  disabledReason?: string | null | undefined
  pending?: boolean | undefined
}

type Props = SwitchProps & Omit<FieldProps, 'optional' | 'labelHidden'>

/** A switch, which takes effect at once, with its label behind it. */
export function SwitchField({ className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <FieldRow {...field} className={className}>
      {(tied) => <Switch {...control} {...tied} className="mt-px" />}
    </FieldRow>
  )
}

function Switch({ disabledReason, pending = false, className = '', onClick, ...props }: SwitchProps) {
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
        aria-describedby={joinIds(props['aria-describedby'], refused && id)}
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
