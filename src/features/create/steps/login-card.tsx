import { Check, TriangleAlert } from 'lucide-react'
import { useController, useFormContext } from 'react-hook-form'
import { isWindows } from '../../../lib/machine-specs.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { typedKeys } from '../../../lib/ssh-keys.ts'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox-field.tsx'
import { CodeEditorField } from '../../../ui/fields/code-editor-field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { TextAreaField } from '../../../ui/fields/text-area-field.tsx'
import type { CreateValues } from '../form-values.ts'
import { RootPassword } from './root-password.tsx'
import type { StepProps } from './step-props.ts'

/** How to get into the new system, and what it does when it first boots. */
export function LoginCard({ values, errorsOf }: StepProps) {
  const { register } = useFormContext<CreateValues>()
  const { field: script } = useController<CreateValues, 'firstboot_script'>({ name: 'firstboot_script' })
  const unused = values.ssh_keys.trim() !== '' || values.firstboot_script.trim() !== ''
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
            mono
            rows={3}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="ssh-ed25519 AAAA… name"
            hint="One a line; they may log in as root."
            errors={errorsOf('ssh_keys')}
            {...register('ssh_keys')}
          />
          <KeyNames text={values.ssh_keys} />
        </div>
        <CodeEditorField
          label="First-boot script"
          optional
          placeholder="#!/bin/sh"
          hint="Runs once, as root, when it first boots."
          errors={errorsOf('firstboot_script')}
          {...script}
        />
        {values.firstboot_script !== '' && (
          <CheckboxField
            label="Keep the script in this tab, too"
            hint="What is typed here outlasts a reload. A script often holds secrets, so it does only when you say so."
            {...register('keep_script')}
          />
        )}
        {unused && isWindows(values.distribution) && (
          <Notice tone="warn">Keys and scripts are for Linux; Windows makes no use of them.</Notice>
        )}
      </div>
    </Card>
  )
}

/** The keys that were typed, by their names. */
function KeyNames({ text }: { text: string }) {
  const keys = typedKeys(text)
  if (keys.length === 0) return null
  return (
    <ul aria-label="Keys" className="mt-2 grid gap-1.5">
      {keys.map(({ line, name, type, problem }, index) => (
        <li
          // oxlint-disable-next-line react/no-array-index-key -- the same line may stand there twice
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
