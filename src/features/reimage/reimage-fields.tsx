import type { ImageInstall } from '../../actions/lifecycle.ts'
import { ImagePicker } from '../../components/image/image-picker.tsx'
import { UseMyKeys } from '../../components/image/my-keys.tsx'
import { GeneratedPassword, PASSWORD_SOURCES } from '../../components/root-password.tsx'
import { randomPassword } from '../../lib/browser/random-password.ts'
import { scriptProblem } from '../../lib/machine-specs.ts'
import { noKeysProblem, sshKeysIn, sshKeysProblem } from '../../lib/ssh-keys.ts'
import { fieldsOf, type ErrorsOf } from '../../ui/fields/field.tsx'
import { RadioCards } from '../../ui/fields/radio-group.tsx'
import { PasswordField, TextAreaField } from '../../ui/fields/text-field.tsx'

/** The input as typed, with its secrets. Kept only while the dialog is open. */
export interface ReimageValues {
  distribution: string
  password_from: 'generated' | 'typed' | 'none'
  generated: string
  root_password: string
  ssh_public_key: string
  firstboot_script: string
}

/** The image to send, without empty values. */
export function imageOf(values: ReimageValues): ImageInstall {
  const { distribution, password_from, generated, root_password, ssh_public_key, firstboot_script } = values
  const lines = sshKeysIn(ssh_public_key)
  return {
    distribution,
    ...(password_from !== 'none' && {
      root_password: password_from === 'generated' ? generated : root_password,
    }),
    ...(lines.length > 0 && { ssh_public_key: lines.join('\n') }),
    ...(firstboot_script.trim() !== '' && { firstboot_script }),
  }
}

/** The problem of each field, or null, under BigV's name of the attribute. */
export function reimageProblems(values: ReimageValues): Readonly<Record<string, string | null>> {
  const { distribution, password_from, root_password, ssh_public_key: keys, firstboot_script } = values
  return {
    distribution: distribution === '' ? 'Choose a distribution.' : null,
    root_password: password_from === 'typed' && root_password === '' ? 'Enter a root password.' : null,
    ssh_public_key: sshKeysProblem(keys) ?? (password_from === 'none' ? noKeysProblem(keys) : null),
    firstboot_script: scriptProblem(firstboot_script),
  }
}

interface Props {
  values: ReimageValues
  errorsOf: ErrorsOf
  onChange: (change: Partial<ReimageValues>) => void
}

/** Fields for the system to install, and for logging in to it. */
export function ReimageFields({ values, errorsOf, onChange }: Props) {
  const { text } = fieldsOf(values, onChange)
  return (
    <>
      <ImagePicker
        value={values.distribution}
        onChoose={(distribution) => onChange({ distribution })}
        errors={errorsOf('distribution')}
      />
      <RadioCards
        label="Root password"
        options={PASSWORD_SOURCES}
        errors={values.password_from === 'typed' ? undefined : errorsOf('root_password')}
        {...text('password_from')}
      />
      {values.password_from === 'generated' && (
        <GeneratedPassword
          password={values.generated}
          note="Copy it now: you can’t see it again after you close this dialog."
          onAnother={() => onChange({ generated: randomPassword() })}
        />
      )}
      {values.password_from === 'typed' && (
        <PasswordField
          label="Root password"
          labelHidden
          autoComplete="new-password"
          className="max-w-md"
          errors={errorsOf('root_password')}
          {...text('root_password')}
        />
      )}
      <div>
        <TextAreaField
          label="SSH public keys"
          optional={values.password_from !== 'none'}
          rows={3}
          hint="One per line. Each can log in as root. Linux only."
          errors={errorsOf('ssh_public_key')}
          {...text('ssh_public_key')}
        />
        <UseMyKeys keys={values.ssh_public_key} onChange={(ssh_public_key) => onChange({ ssh_public_key })} />
      </div>
      <TextAreaField
        label="First-boot script"
        optional
        rows={5}
        placeholder="#!/bin/sh"
        hint="Runs once, as root, on first boot. Linux only."
        errors={errorsOf('firstboot_script')}
        {...text('firstboot_script')}
      />
    </>
  )
}
