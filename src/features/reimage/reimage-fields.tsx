import { useQuery } from '@tanstack/react-query'
import { definitionQueries } from '../../api/definitions.ts'
import { GeneratedPassword } from '../../components/root-password.tsx'
import { RANDOM_PASSWORD_BITS, randomPassword } from '../../lib/browser/random-password.ts'
import { PasswordField, TextAreaField } from '../../ui/fields/text-field.tsx'
import { RadioCards } from '../../ui/fields/radio-group.tsx'
import type { ReimageValues } from './reimage-values.ts'
import type { ErrorsOf } from '../../ui/fields/field.tsx'

const SOURCES = [
  { value: 'generated', title: 'Generated', text: `Random, ${RANDOM_PASSWORD_BITS} bits` },
  { value: 'typed', title: 'Typed', text: 'One of your own' },
  { value: 'none', title: 'None', text: 'SSH keys only' },
] as const

interface Props {
  values: ReimageValues
  errorsOf: ErrorsOf
  onChange: (change: Partial<ReimageValues>) => void
}

/** What to install, and how to get in afterwards. */
export function ReimageFields({ values, errorsOf, onChange }: Props) {
  const definitions = useQuery(definitionQueries.all())
  const { distributions = [], distribution_descriptions: descriptions = {} } = definitions.data ?? {}
  return (
    <>
      <RadioCards
        label="Distribution"
        cards="wide"
        value={values.distribution}
        options={distributions.map((name) => ({
          value: name,
          title: <span className="font-mono text-xs">{name}</span>,
          text: descriptions[name],
        }))}
        hint={definitions.isError ? 'BigV has not told what distributions it has.' : undefined}
        errors={errorsOf('distribution')}
        onChange={(event) => onChange({ distribution: event.currentTarget.value })}
      />
      <RadioCards
        label="Root password"
        value={values.password_from}
        options={SOURCES}
        errors={values.password_from === 'typed' ? undefined : errorsOf('root_password')}
        onChange={({ currentTarget: { value } }) => {
          const source = SOURCES.find((each) => each.value === value)
          if (source) onChange({ password_from: source.value })
        }}
      />
      {values.password_from === 'generated' && (
        <GeneratedPassword
          password={values.generated}
          note="Copy it now: it is shown nowhere once this is closed."
          onAnother={() => onChange({ generated: randomPassword() })}
        />
      )}
      {values.password_from === 'typed' && (
        <PasswordField
          label="Root password"
          labelHidden
          autoComplete="new-password"
          className="max-w-md"
          value={values.typed}
          errors={errorsOf('root_password')}
          onChange={(event) => onChange({ typed: event.currentTarget.value })}
        />
      )}
      <TextAreaField
        label="SSH public keys"
        optional={values.password_from !== 'none'}
        mono
        rows={3}
        autoComplete="off"
        spellCheck={false}
        hint="One a line; they may log in as root. Linux only."
        value={values.keys}
        errors={errorsOf('ssh_public_key')}
        onChange={(event) => onChange({ keys: event.currentTarget.value })}
      />
      <TextAreaField
        label="First-boot script"
        optional
        mono
        rows={5}
        autoComplete="off"
        spellCheck={false}
        placeholder="#!/bin/sh"
        hint="Runs once, as root, when it first boots. Linux only."
        value={values.script}
        errors={errorsOf('firstboot_script')}
        onChange={(event) => onChange({ script: event.currentTarget.value })}
      />
    </>
  )
}
