import Check from 'lucide-react/icons/check'
import TriangleAlert from 'lucide-react/icons/triangle-exclamation-point'
import { useController, useFormContext } from 'react-hook-form'
import { UseMyKeys } from '../../../components/image/my-keys.tsx'
import { PASSWORD_SOURCES } from '../../../components/root-password.tsx'
import { isWindows } from '../../../lib/machine-specs.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { typedKeys } from '../../../lib/ssh-keys.ts'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox.tsx'
import { CodeEditorField } from '../../../ui/fields/code-editor-field.tsx'
import { PasswordField, TextAreaField, TextField } from '../../../ui/fields/text-field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import type { CreateValues } from '../form/form-values.ts'
import type { ErrorsOf, StepProps } from '../form/steps.ts'
import { ChoiceCards, ChoiceImage } from './choices.tsx'

const SYSTEMS = [
  { value: 'distribution', title: 'A distribution', text: 'Installed on the boot disc' },
  { value: 'none', title: 'None', text: 'Boot from a CD (optional)' },
]

export function StepImage(props: StepProps) {
  const { values, errorsOf } = props
  const { register } = useFormContext<CreateValues>()
  const installs = values.system === 'distribution'
  return (
    <>
      <Card padded>
        <ChoiceCards
          name="system"
          label="System"
          cards="wide"
          options={SYSTEMS}
          errors={errorsOf('system')}
        />
      </Card>
      {installs && (
        <>
          <Card padded>
            <ChoiceImage errors={errorsOf('distribution')} />
          </Card>
          <LoginCard {...props} />
        </>
      )}
      <Card padded>
        <TextField
          label="CD image URL"
          optional
          mono
          type="url"
          autoComplete="off"
          placeholder="https://"
          hint={`URL of an ISO image that BigV can download.${installs ? '' : ' Without it, the machine has nothing to boot from.'}`}
          errors={errorsOf('cdrom_url')}
          {...register('cdrom_url')}
        />
      </Card>
    </>
  )
}

/** Root password, SSH keys and first-boot script of the new system. */
function LoginCard({ values, errorsOf }: StepProps) {
  const { register, setValue } = useFormContext<CreateValues>()
  const { field: script } = useController<CreateValues, 'firstboot_script'>({ name: 'firstboot_script' })
  const hasLinuxOnly = values.ssh_keys.trim() !== '' || values.firstboot_script.trim() !== ''
  return (
    <Card padded>
      <div className="grid gap-4">
        <RootPassword
          values={values}
          several={expandNames(values.name).names.length > 1}
          errorsOf={errorsOf}
        />
        <div>
          <TextAreaField
            label="SSH public keys"
            optional={values.password_from !== 'none'}
            rows={3}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="ssh-ed25519 AAAA… name"
            hint="One per line. Each can log in as root."
            errors={errorsOf('ssh_keys')}
            {...register('ssh_keys')}
          />
          <UseMyKeys
            keys={values.ssh_keys}
            onChange={(keys) => setValue('ssh_keys', keys, { shouldDirty: true })}
          />
          <KeyNames text={values.ssh_keys} />
        </div>
        <CodeEditorField
          label="First-boot script"
          optional
          placeholder="#!/bin/sh"
          hint="Runs once, as root, on first boot."
          errors={errorsOf('firstboot_script')}
          {...script}
        />
        {values.firstboot_script !== '' && (
          <CheckboxField
            label="Store the script in this tab"
            hint="Keeps the script over a reload, like the rest of the form. Off by default, because scripts often contain secrets."
            {...register('keep_script')}
          />
        )}
        {hasLinuxOnly && isWindows(values.distribution) && (
          <Notice tone="warn">
            SSH keys and first-boot scripts work on Linux only. Windows ignores them.
          </Notice>
        )}
      </div>
    </Card>
  )
}

function KeyNames({ text }: { text: string }) {
  const keys = typedKeys(text)
  if (keys.length === 0) return null
  return (
    <ul aria-label="Keys" className="mt-2 grid gap-1.5">
      {keys.map(({ line, name, type, problem }, index) => (
        <li
          // oxlint-disable-next-line react/no-array-index-key -- a line may appear twice
          key={`${index} ${line}`}
          className="flex flex-wrap items-center gap-x-2 gap-y-0.5"
        >
          {problem === null ? (
            <Check size={14} aria-hidden className="text-ok" />
          ) : (
            <TriangleAlert size={14} aria-hidden className="text-danger" />
          )}
          <span className="font-medium wrap-anywhere">{name}</span>
          {type !== '' && type !== name && <Tag className="font-mono">{type}</Tag>}
          {problem !== null && <span className="text-xs text-danger">{problem}</span>}
        </li>
      ))}
    </ul>
  )
}

interface RootPasswordProps {
  values: CreateValues
  several: boolean
  errorsOf: ErrorsOf
}

function RootPassword({ values, several, errorsOf }: RootPasswordProps) {
  const { register } = useFormContext<CreateValues>()
  return (
    <div className="grid gap-3">
      <ChoiceCards
        name="password_from"
        label="Root password"
        options={PASSWORD_SOURCES}
        hint={PASSWORD_HINTS[values.password_from](several)}
        errors={errorsOf('password_from')}
      />
      {values.password_from === 'typed' && (
        <PasswordField
          label="Root password"
          labelHidden
          autoComplete="new-password"
          className="max-w-md"
          errors={errorsOf('root_password')}
          {...register('root_password')}
        />
      )}
    </div>
  )
}

const PASSWORD_HINTS: Record<CreateValues['password_from'], (several: boolean) => string> = {
  generated: (several) =>
    several
      ? 'Each machine gets its own, shown once after creation. Copy it then.'
      : 'Shown once after creation. Copy it then.',
  typed: (several) =>
    several
      ? 'All machines get the same password. It isn’t stored, and a reload clears it.'
      : 'It isn’t stored, and a reload clears it.',
  none: () => 'Nobody can log in with a password, not even at the console.',
}
