import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean | undefined }

/** The box alone; name it by aria-label or a label around it. */
export function Checkbox({ indeterminate = false, className = '', ref, ...props }: Props) {
  return (
    <input
      type="checkbox"
      {...props}
      ref={(input) => {
        // Only a property, never an attribute.
        if (input) input.indeterminate = indeterminate
        if (typeof ref === 'function') return ref(input)
        if (ref) ref.current = input
        return undefined
      }}
      className={`check ${className}`}
    />
  )
}
