import { TextField } from '../../ui/fields/text-field.tsx'

interface Props {
  /** What has to be typed. */
  name: string
  typed: string
  onType: (typed: string) => void
}

/** The field that wants a name typed before something is lost for good. */
export function TypeToConfirm({ name, typed, onType }: Props) {
  return (
    <TextField
      label={`Type ${name} to confirm`}
      mono
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
