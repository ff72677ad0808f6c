import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { definitionQueries } from '../../../api/definitions.ts'
import { bind } from '../../../actions/action.ts'
import { addDisc, changeDisc } from '../../../actions/discs.ts'
import type { Disc } from '../../../api/virtual-machine.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useBoundAction } from '../../../operations/use-action.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Notice } from '../../../ui/notice.tsx'
import { DiscFields } from './disc-fields.tsx'
import { attributesOf, discProblems, suggestedDisc, valuesOf } from './disc-values.ts'
import { useDraft } from '../settings/settings-draft.ts'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
  /** The disc to change, or null for a new one. */
  disc: Disc | null
  onClose: () => void
}

/** Asks for a new disc, or for what to change about one. It stays open, with what was typed, until the end is good. */
export function DiscForm({ group, machine, disc: opened, onClose }: Props) {
  const { vm } = machine
  const discs = vm.discs ?? []
  const disc = opened && (discs.find(({ id }) => id === opened.id) ?? opened)
  const definitions = useQuery(definitionQueries.all())
  const grades = definitions.data?.storage_grades ?? []
  const [suggested] = useState(() => suggestedDisc(discs, grades))
  const draft = useDraft(disc ? valuesOf(disc) : suggested)
  const { mutate, isPending: saving, error: failure } = useBoundAction({ group, machine })
  const disabledReasonOf = useDisabledReason(machine)
  const action = disc ? changeDisc : addDisc
  const problems = discProblems(draft.values, disc, discs)
  const wrong = Object.values(problems).find((problem) => problem !== null) ?? null
  const attributes = attributesOf(draft.values, disc)
  const bound =
    attributes && (disc ? bind(changeDisc, { id: disc.id, attributes }) : bind(addDisc, attributes))
  const disabledReason = saving
    ? null
    : (disabledReasonOf(action) ?? wrong ?? (bound === null ? 'Nothing is changed yet.' : null))

  const errorsOf = (attribute: keyof typeof problems): readonly string[] | undefined => {
    // The disc that is being written is in the machine before its form closes.
    const problem = saving ? null : problems[attribute]
    if (problem) return [problem]
    const unit = attribute === 'size' ? ', in MiB' : ''
    return failure?.fields[attribute]?.map((message) => `BigV says${unit}: ${message}`)
  }
  const submit = () => bound && mutate(bound, { onSuccess: onClose })

  return (
    <FormDialog
      title={disc ? `Change ${disc.label} of ${vm.name}` : `Add a disc to ${vm.name}`}
      label={disc ? 'Save' : 'Add disc'}
      disabledReason={disabledReason}
      sending={saving}
      failure={failure}
      requests={bound && wrong === null ? bound.requests(group, vm) : []}
      onSubmit={submit}
      onClose={onClose}
    >
      <DiscFields
        values={draft.values}
        definitions={definitions.data}
        errorsOf={errorsOf}
        onSet={draft.set}
      />
      {vm.power_on && <Notice>{vm.name} is running: the guest sees this after a restart.</Notice>}
    </FormDialog>
  )
}
