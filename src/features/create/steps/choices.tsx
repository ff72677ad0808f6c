import type { ComponentProps } from 'react'
import { useController } from 'react-hook-form'
import { ImagePicker } from '../../../components/image/image-picker.tsx'
import { RadioCards } from '../../../ui/fields/radio-group.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import type { CreateValues } from '../form/form-values.ts'

// These fields are controlled. react-hook-form would read an uncontrolled field's value from the page: null if no card is chosen, and an
// empty text if a select's options aren't loaded yet. Either would overwrite the form's own value.

type CardsProps = Omit<ComponentProps<typeof RadioCards>, 'value' | 'onChange' | 'name' | 'ref'> & {
  name: 'preset' | 'system' | 'password_from'
  onChosen?: (value: string) => void
}

/** Radio cards of the wizard. An empty value means that none is chosen. */
export function ChoiceCards({ name, onChosen, ...props }: CardsProps) {
  const { field } = useController<CreateValues, typeof name>({ name })
  return (
    <RadioCards
      {...props}
      {...field}
      onChange={(event) => {
        field.onChange(event)
        onChosen?.(event.currentTarget.value)
      }}
    />
  )
}

export function ChoiceImage({ errors }: { errors: readonly string[] | undefined }) {
  const { field } = useController<CreateValues, 'distribution'>({ name: 'distribution' })
  const { onChange, ...props } = field
  return <ImagePicker {...props} onChoose={onChange} errors={errors} />
}

type SelectProps = Omit<
  ComponentProps<typeof SelectField>,
  'value' | 'onChange' | 'name' | 'ref' | 'options'
> & {
  name: 'hardware_profile' | 'zone_name' | 'keymap'
  /** Undefined until loaded. */
  options: readonly string[] | undefined
}

/** A select of the wizard. Always offers the form's own value, so that it shows what will be sent. */
export function ChoiceSelect({ name, options, ...props }: SelectProps) {
  const { field } = useController<CreateValues, typeof name>({ name })
  const known = field.value === '' || options?.includes(field.value)
  return <SelectField {...props} {...field} options={known ? options : [field.value, ...(options ?? [])]} />
}
