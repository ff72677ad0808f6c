import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import { useFormContext } from 'react-hook-form'
import { Link } from 'react-router'
import { machineQueries, type VirtualMachine } from '../../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../../lib/links.ts'
import { expandNames, isPattern } from '../../../lib/name-pattern.ts'
import { LONGEST_NAME } from '../../../lib/names.ts'
import { countOf, formatMib, mibIn } from '../../../lib/units.ts'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField, SwitchField } from '../../../ui/fields/checkbox.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { isAsSent, takenSentence } from '../errors/server-errors.ts'
import { CUSTOM_SIZE, PRESETS, type CreateValues } from '../form/form-values.ts'
import type { StepProps } from '../form/steps.ts'
import { ChoiceCards, ChoiceSelect } from './choices.tsx'

// Turns autocorrection off, because it would change names and addresses.
const IDENTIFIER = { mono: true, autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const

export function StepMachine(props: StepProps) {
  const { values, errorsOf } = props
  const { register } = useFormContext<CreateValues>()
  return (
    <>
      <Card padded>
        <NameField {...props} />
      </Card>
      <SizeCard {...props} />
      <Card padded>
        <div className="grid gap-3">
          <SwitchField label="Start after creation" errors={errorsOf('power_on')} {...register('power_on')} />
          <SwitchField
            label="Restart automatically"
            hint={
              values.autoreboot_on && !values.power_on
                ? 'The machine will start anyway: BigV starts it whenever it’s off.'
                : 'BigV starts the machine again whenever it’s off.'
            }
            errors={errorsOf('autoreboot_on')}
            {...register('autoreboot_on')}
          />
        </div>
      </Card>
      <MoreOptions {...props} />
    </>
  )
}

const LISTED_MACHINES = 3

/** A name or pattern, the names it expands to, and existing machines that have one of these names. */
function NameField({ group, values, errorsOf, attempt }: StepProps) {
  const { register } = useFormContext<CreateValues>()
  const { names } = expandNames(values.name)
  const listed = useMachinesNamed(group, names)
  const takenBy =
    attempt?.failure.is === 'taken' && isAsSent('name', values, attempt.sent)
      ? [attempt.failure.by.vm]
      : listed
  return (
    <div className="grid max-w-2xl gap-3">
      <TextField
        label="Name"
        {...IDENTIFIER}
        className="max-w-md"
        hint={`Letters, digits and dashes, no dash at either end, up to ${LONGEST_NAME} characters.${isPattern(values.name) ? '' : ' For several machines: web{1..5}'}`}
        errors={errorsOf('name')}
        {...register('name')}
      />
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {names.length > 1 && (
          <p className="text-xs text-muted wrap-anywhere">
            {countOf(names.length, 'machine')}, one request each:{' '}
            <span className="font-mono">{names.join(', ')}</span>
          </p>
        )}
        {takenBy.length > 0 && (
          <Notice tone="warn" title={takenBy.length > 1 && `${takenBy.length} of these names are taken`}>
            <ul className="grid gap-1">
              {takenBy.slice(0, LISTED_MACHINES).map((vm) => (
                <li key={vm.id}>
                  {takenBy.length === 1
                    ? takenSentence(vm)
                    : vm.deleted
                      ? 'Taken by a deleted machine:'
                      : 'Already used by a machine:'}{' '}
                  <Link to={links.machine(group, vm.id)} className="text-accent underline">
                    Open {vm.deleted ? 'deleted machine ' : ''}
                    {vm.name}
                  </Link>
                </li>
              ))}
              {takenBy.length > LISTED_MACHINES && <li>and {takenBy.length - LISTED_MACHINES} more</li>}
            </ul>
          </Notice>
        )}
      </div>
    </div>
  )
}

/**
 * The list that shows which names are in use is fetched again when it is older than this. createMachine checks again before it sends the
 * request.
 */
const FRESH_MS = 30_000

/** The group's machines that have one of these names, deleted ones included. */
function useMachinesNamed(group: GroupRef, names: readonly string[]): VirtualMachine[] {
  const list = useQuery({ ...machineQueries.list(group), staleTime: FRESH_MS, retry: false })
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return (list.data ?? []).filter(({ name }) => wanted.has(name.toLowerCase()))
}

const SIZES = [
  ...PRESETS.map(({ value, cores, memory }) => ({
    value,
    title: countOf(Number(cores), 'core'),
    text: formatMib(mibIn(memory)),
  })),
  { value: CUSTOM_SIZE, title: 'Custom', text: 'Enter below' },
]

function SizeCard({ values, errorsOf }: StepProps) {
  const { register, setValue } = useFormContext<CreateValues>()
  const choosePreset = (chosen: string) => {
    const preset = PRESETS.find(({ value }) => value === chosen)
    if (preset === undefined) return
    setValue('cores', preset.cores, { shouldDirty: true })
    setValue('memory', preset.memory, { shouldDirty: true })
  }
  const customSize = { onChange: () => setValue('preset', CUSTOM_SIZE, { shouldDirty: true }) }
  return (
    <Card padded>
      <div className="grid gap-4">
        <ChoiceCards
          name="preset"
          label="Size"
          cards="narrow"
          options={SIZES}
          errors={errorsOf('preset')}
          onChosen={choosePreset}
        />
        <div className="grid max-w-md grid-cols-2 gap-3">
          <NumberField label="Cores" errors={errorsOf('cores')} {...register('cores', customSize)} />
          <NumberField
            label="Memory"
            unit="GiB"
            inputMode="decimal"
            hint={mibHint(values.memory)}
            errors={errorsOf('memory')}
            {...register('memory', customSize)}
          />
        </div>
      </div>
    </Card>
  )
}

/** BigV accepts whole MiB only. */
function mibHint(typed: string): string | undefined {
  const mib = mibIn(typed)
  return Number.isNaN(mib) || mib % 1024 === 0 ? undefined : `Sent as ${mib} MiB.`
}

const MORE_FIELDS = [
  'zone_name',
  'keymap',
  'ipv4',
  'ipv6',
  'hardware_profile',
  'hardware_profile_locked',
] as const

/** Options that most machines don't need. They open by themselves if one has a value or an error, but not again if the user closes them. */
function MoreOptions({ values, definitions, errorsOf }: StepProps) {
  const { register } = useFormContext<CreateValues>()
  const details = useRef<HTMLDetailsElement>(null)
  const hasValues = MORE_FIELDS.some((field) => Boolean(values[field]))
  const hasErrors = MORE_FIELDS.some((field) => errorsOf(field) !== undefined)
  useLayoutEffect(() => {
    if (details.current && (hasValues || hasErrors)) details.current.open = true
  }, [hasValues, hasErrors])
  return (
    <Card>
      <details ref={details} className="group">
        <summary className="cursor-pointer px-3.5 py-2.5 sm:px-4 pointer-coarse:py-3">
          <span className="font-semibold">More options</span>{' '}
          <span className="text-muted group-open:hidden">zone, keymap, addresses, hardware profile</span>
        </summary>
        <div className="grid items-start gap-x-6 gap-y-4 px-3.5 pt-1 pb-4 @lg:grid-cols-2 sm:px-4">
          <ChoiceSelect
            name="zone_name"
            label="Zone"
            placeholder="Automatic"
            options={definitions?.zone_names}
            hint="Can’t be changed later."
            errors={errorsOf('zone_name')}
          />
          <ChoiceSelect
            name="keymap"
            label="Console keymap"
            placeholder="default"
            options={definitions?.keymaps.toSorted()}
            errors={errorsOf('keymap')}
          />
          <TextField
            label="IPv4 address"
            optional
            {...IDENTIFIER}
            errors={errorsOf('ipv4')}
            {...register('ipv4')}
          />
          <TextField
            label="IPv6 address"
            optional
            {...IDENTIFIER}
            errors={errorsOf('ipv6')}
            {...register('ipv6')}
          />
          <p className="-mt-2 text-xs text-muted @lg:col-span-2">
            You can choose addresses only in a private VLAN. Leave empty to get them automatically.
          </p>
          <ChoiceSelect
            name="hardware_profile"
            label="Hardware profile"
            placeholder="Automatic"
            options={definitions?.hardware_profiles}
            errors={errorsOf('hardware_profile')}
          />
          <CheckboxField
            label="Lock profile"
            hint="BigV won’t upgrade a locked profile automatically."
            className="@lg:pt-7"
            errors={errorsOf('hardware_profile_locked')}
            {...register('hardware_profile_locked')}
          />
        </div>
      </details>
    </Card>
  )
}
