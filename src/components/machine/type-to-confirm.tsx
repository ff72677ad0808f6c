import { TextField } from '../../ui/fields/text-field.tsx'

interface Props {
  name: string
  typed: string
  onType: (typed: string) => void
}

/** Confirms an irreversible action by typing a name. */
export function TypeToConfirm({ name, typed, onType }: Props) {
  return (
    <TextField
      label={`Type ${name} to confirm`}
      mono
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
