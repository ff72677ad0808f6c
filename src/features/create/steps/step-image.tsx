import Check from 'lucide-react/icons/check'
import TriangleAlert from 'lucide-react/icons/triangle-exclamation-point'
import { useId, useState } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import type { Definitions } from '../../../api/definitions.ts'
import { PASSWORD_SOURCES } from '../../../components/root-password.tsx'
import { isWindows } from '../../../lib/machine-specs.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { typedKeys } from '../../../lib/ssh-keys.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox.tsx'
import { CodeEditorField } from '../../../ui/fields/code-editor-field.tsx'
import { PasswordField, TextAreaField, TextField } from '../../../ui/fields/text-field.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import type { CreateValues } from '../form/form-values.ts'
import type { ErrorsOf, StepProps } from '../form/steps.ts'
import { ChoiceCards } from './choices.tsx'

const SYSTEMS = [
  { value: 'distribution', title: 'A distribution', text: 'Installed on the boot disc' },
  { value: 'none', title: 'None', text: 'Boot from a CD (optional)' },
]

export function StepImage(props: StepProps) {
  const { values, definitions, errorsOf, goTo } = props
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
        {installs && values.discs.length === 0 && (
          <Button className="mt-2" onClick={() => goTo('discs')}>
            Add a disc
          </Button>
        )}
      </Card>
      {installs && (
        <>
          <Card padded>
            <DistributionPicker chosen={values.distribution} definitions={definitions} errorsOf={errorsOf} />
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

interface PickerProps {
  chosen: string
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
}

/** The distributions, searchable by name and description. */
function DistributionPicker({ chosen, definitions, errorsOf }: PickerProps) {
  const { setValue } = useFormContext<CreateValues>()
  const [search, setSearch] = useState('')
  const id = useId()
  const { distributions, distribution_descriptions: descriptions = {} } = definitions ?? {}
  const words = search.toLowerCase().split(/\s+/)
  const found = (distributions ?? []).filter((name) => {
    const text = `${name} ${descriptions[name] ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const shown = (distributions ?? []).filter((name) => name === chosen || found.includes(name))
  // A draft may have a distribution that BigV no longer offers.
  if (distributions !== undefined && chosen !== '' && !distributions.includes(chosen)) shown.unshift(chosen)
  const choose = (name: string) => setValue('distribution', name, { shouldDirty: true })
  return (
    <div className="grid gap-3">
      {distributions !== undefined && distributions.length > 0 && (
        <div className="max-w-md">
          <label htmlFor={id} className="sr-only">
            Search distributions
          </label>
          <input
            id={id}
            type="search"
            autoComplete="off"
            spellCheck={false}
            placeholder="Search: debian, 12.04, windows…"
            className="control"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && search !== '') setSearch('')
              if (event.key !== 'Enter') return
              // Without this, Enter would submit the form and go to the next step.
              event.preventDefault()
              const [only, ...more] = found
              if (only === undefined || more.length > 0) return
              choose(only)
              announce(`${descriptions[only] ?? only} selected`)
            }}
          />
        </div>
      )}
      <ChoiceCards
        name="distribution"
        label="Distribution"
        cards="wide"
        options={shown.map((name) => ({
          value: name,
          title: <span className="font-mono text-xs">{name}</span>,
          text: descriptions[name],
        }))}
        hint={emptyHint(distributions, found.length)}
        errors={errorsOf('distribution')}
      />
    </div>
  )
}

function emptyHint(names: readonly string[] | undefined, found: number): string | undefined {
  if (names === undefined) return 'Distributions aren’t loaded yet.'
  if (names.length === 0) return 'No distributions are available.'
  return found === 0 ? 'No distribution matches.' : undefined
}

/** Root password, SSH keys and first-boot script of the new system. */
function LoginCard({ values, errorsOf }: StepProps) {
  const { register } = useFormContext<CreateValues>()
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
