import type { ComponentProps } from 'react'
import { FieldRow, type RowProps } from './field.tsx'

type BoxProps = Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean | undefined }

/** The checkbox without a label: give it an aria-label, or wrap it in a label. */
export function Checkbox({ indeterminate = false, className = '', ref, ...props }: BoxProps) {
  return (
    <input
      type="checkbox"
      {...props}
      ref={(input) => {
        // HTML has no attribute for `indeterminate`.
        if (input) input.indeterminate = indeterminate
        if (typeof ref === 'function') return ref(input)
        if (ref) ref.current = input
        return undefined
      }}
      className={`check ${className}`}
    />
  )
}

type Props = Omit<ComponentProps<'input'>, 'type'> & RowProps

export function CheckboxField(props: Props) {
  return <FieldRow of={props}>{(control) => <Checkbox {...control} className="mt-0.5" />}</FieldRow>
}

/** A switch with its label after it. */
export function SwitchField(props: Props) {
  return (
    <FieldRow of={props}>
      {/* oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native checkbox exposes its own state */}
      {(control) => <input type="checkbox" role="switch" {...control} className="switch mt-px" />}
    </FieldRow>
  )
}
