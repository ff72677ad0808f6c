import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addDisc, changeDisc, moveDisc, purgeDisc, targetProblem } from '../../../actions/discs.ts'
import { definitionQueries } from '../../../api/definitions.ts'
import type { Disc, MachineInGroup } from '../../../api/virtual-machines.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import { OtherMachineFields, useOtherMachine } from '../../../components/machine/other-machine-fields.tsx'
import { TypeToConfirm } from '../../../components/machine/type-to-confirm.tsx'
import { useDraft } from '../../../components/use-draft.ts'
import { discLabelProblem, discSizeProblem, nextDiscLabel } from '../../../lib/machine-specs.ts'
import { isTyped } from '../../../lib/shown.ts'
import { firstProblem } from '../../../lib/text.ts'
import { formatMib, mibIn, mibToGib } from '../../../lib/units.ts'
import { useAction } from '../../../operations/use-action.ts'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { Notice } from '../../../ui/notice.tsx'

/** The form's values; the size in GiB, as entered. */
type DiscValues = Record<'label' | 'size' | 'storage_grade', string>

/** The attributes to send; the size in MiB. */
type DiscAttributes = Record<string, unknown>

interface Props extends MachineInGroup {
  onClose: () => void
}

export function AddDisc({ group, machine, onClose }: Props) {
  const definitions = useQuery(definitionQueries.all())
  const [suggested] = useState(() =>
    suggestedDisc(machine.vm.discs ?? [], definitions.data?.storage_grades ?? []),
  )
  return (
    <DiscDialog
      title={`Add a disc to ${machine.vm.name}`}
      label={addDisc.label}
      machine={machine}
      disc={null}
      draft={useDraft(suggested)}
      action={useAction(addDisc, { group, machine })}
      paramsOf={(attributes) => attributes}
      onClose={onClose}
    />
  )
}

export function ChangeDisc({ group, machine, disc, onClose }: Props & { disc: Disc }) {
  return (
    <DiscDialog
      title={`Change ${disc.label} of ${machine.vm.name}`}
      label="Save"
      machine={machine}
      disc={disc}
      draft={useDraft(valuesOf(disc))}
      action={useAction(changeDisc, { group, machine })}
      paramsOf={(attributes) => ({ id: disc.id, attributes })}
      onClose={onClose}
    />
  )
}

type DialogProps<Params> = Pick<
  Parameters<typeof ActionDialog<Params>>[0],
  'title' | 'label' | 'action' | 'onClose'
> &
  Pick<MachineInGroup, 'machine'> & {
    /** The existing disc, or null for a new one. */
    disc: Disc | null
    draft: ReturnType<typeof useDraft<DiscValues>>
    paramsOf: (attributes: DiscAttributes) => Params
  }

function DiscDialog<Params>(props: DialogProps<Params>) {
  const { machine, disc, paramsOf, ...dialog } = props
  const { values, text } = props.draft
  const { size, storage_grade } = values
  const definitions = useQuery(definitionQueries.all()).data
  const grades = definitions?.storage_grades ?? []
  const mib = mibIn(size)
  const problems = discProblems(values, disc, machine.vm.discs ?? [])
  const wrong = firstProblem(problems)
  const attributes = attributesOf(values, disc)
  return (
    <ActionDialog
      {...dialog}
      params={attributes === null || wrong !== null ? null : paramsOf(attributes)}
      problem={wrong ?? (attributes === null ? 'No changes to save.' : null)}
    >
      {(errorsOf) => (
        <>
          <div className="grid gap-3.5 sm:grid-cols-2">
            <TextField label="Label" mono errors={errorsOf('label', problems.label)} {...text('label')} />
            <NumberField
              label="Size"
              unit="GiB"
              inputMode="decimal"
              hint={mib > 0 ? `That is ${mib} MiB.` : undefined}
              errors={errorsOf('size', problems.size, 'MiB')}
              {...text('size', disc ? formatMib(disc.size) : undefined)}
            />
          </div>
          <SelectField
            label="Storage grade"
            options={grades.includes(storage_grade) ? grades : [storage_grade, ...grades]}
            hint={definitions?.storage_grade_descriptions[storage_grade]}
            errors={errorsOf('storage_grade', problems.storage_grade)}
            {...text('storage_grade')}
          />
          {machine.vm.power_on && (
            <Notice>{machine.vm.name} is running: the guest sees this change after a restart.</Notice>
          )}
        </>
      )}
    </ActionDialog>
  )
}

/** BigV's own default (docs/bigv-api.md#8-discs). */
const DEFAULT_GRADE = 'sata'

/** The form's initial values for a new disc. */
export function suggestedDisc(discs: readonly Disc[], grades: readonly string[]): DiscValues {
  const grade = grades.includes(DEFAULT_GRADE) ? DEFAULT_GRADE : (grades[0] ?? DEFAULT_GRADE)
  return { label: nextDiscLabel(discs.map(({ label }) => label)), size: '25', storage_grade: grade }
}

export function valuesOf(disc: Disc): DiscValues {
  return { label: disc.label, size: gibText(disc.size), storage_grade: disc.storage_grade ?? '' }
}

/** The changed attributes, or all of a new disc; null if nothing has changed. */
export function attributesOf(values: DiscValues, disc: Disc | null): DiscAttributes | null {
  const written: DiscAttributes = {}
  const now = disc && valuesOf(disc)
  if (values.label !== now?.label) written['label'] = values.label
  if (values.size !== now?.size && mibIn(values.size) !== disc?.size) written['size'] = mibIn(values.size)
  if (values.storage_grade !== now?.storage_grade) written['storage_grade'] = values.storage_grade
  return Object.keys(written).length === 0 ? null : written
}

/** The error of each field, or null. An existing label stays valid, even one that BigV would no longer allow. */
export function discProblems(
  values: DiscValues,
  disc: Disc | null,
  discs: readonly Disc[],
): Readonly<Record<keyof DiscValues, string | null>> {
  const { label, size } = values
  const taken = discs.some((other) => other.id !== disc?.id && other.label === label)
  const sizeStays = disc !== null && size === gibText(disc.size)
  return {
    label:
      label === disc?.label
        ? null
        : (discLabelProblem(label) ??
          (taken ? 'Another disc of this machine already has this label.' : null)),
    size: sizeStays ? null : discSizeProblem(size, disc?.size),
    storage_grade: values.storage_grade === '' && disc === null ? 'Choose a storage grade.' : null,
  }
}

// Four decimals are enough to convert back to the same MiB.
function gibText(mib: number): string {
  return String(Number(mibToGib(mib).toFixed(4)))
}

interface DiscProps extends MachineInGroup {
  disc: Disc
  /** True for the first disc: BigV boots from it. */
  boots: boolean
  onClose: () => void
}

export function MoveDisc({ group, machine, disc, boots, onClose }: DiscProps) {
  const { vm } = machine
  const choice = useOtherMachine(group, vm.id, (other) => targetProblem(disc, other))
  const move = useAction(moveDisc, { group, machine, other: choice.machine })
  return (
    <ActionDialog
      title={`Move ${disc.label} of ${vm.name}`}
      description="Moves the disc and its data to another machine in this account. Both machines must be off."
      label="Move"
      action={move}
      params={choice.target && { id: disc.id, to: choice.target }}
      problem={choice.problem}
      onClose={onClose}
    >
      {boots && (
        <Notice tone="warn">
          {vm.name} boots from this disc. The official client says boot discs can’t be moved, so BigV may
          refuse.
        </Notice>
      )}
      <OtherMachineFields choice={choice} pending={move.isPending} />
    </ActionDialog>
  )
}

/** Asks for the disc's label before removing it permanently. */
export function PurgeDisc({ group, machine, disc, boots, onClose }: DiscProps) {
  const { vm } = machine
  const { id, label, size } = disc
  const [typed, setTyped] = useState('')
  return (
    <ActionDialog
      title={`Purge ${label} of ${vm.name}?`}
      description={`Removes this disc (${formatMib(size)}) permanently. Its data is lost. This can’t be undone.`}
      label={purgeDisc.label}
      danger
      action={useAction(purgeDisc, { group, machine })}
      params={{ id }}
      problem={isTyped(typed, label) ? null : `Type the disc’s label, ${label}, to confirm.`}
      onClose={onClose}
    >
      {boots && <Notice tone="warn">{vm.name} boots from this disc.</Notice>}
      {vm.power_on && (
        <Notice tone="warn">
          {vm.name} is running and may be using this disc. First unmount it in the guest or shut the machine
          down.
        </Notice>
      )}
      <TypeToConfirm name={label} typed={typed} onType={setTyped} />
    </ActionDialog>
  )
}
