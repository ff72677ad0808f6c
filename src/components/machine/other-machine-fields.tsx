import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OtherTarget } from '../../actions/requests.ts'
import { machineQueries, type MachineData } from '../../api/virtual-machines.ts'
import { useGroups } from '../groups.tsx'
import type { GroupRef } from '../../lib/links.ts'
import { segmentOf } from '../../lib/names.ts'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { FormError } from '../../ui/notice.tsx'

/** How often to fetch the chosen machine again until it can be used. The page itself refreshes only the machine that it shows. */
const REFRESH_MS = 5_000

/**
 * The state of the fields that choose another machine of the account, to move a disc to it or swap addresses with it.
 * @param problemOf why a machine cannot be chosen now, or null
 */
export function useOtherMachine(
  group: GroupRef,
  own: number,
  problemOf: (machine: MachineData) => string | null,
) {
  const [groupName, setGroupName] = useState(group.group)
  const [chosen, setChosen] = useState('')
  const ref = { account: group.account, group: groupName }
  const list = useQuery(machineQueries.list(ref))
  const detail = useQuery({
    ...machineQueries.detail(ref, Number(chosen)),
    enabled: chosen !== '',
    refetchInterval: ({ state: { data } }) => (data && problemOf(data) ? REFRESH_MS : false),
  })
  // Until a machine is chosen, the query is disabled and has no data.
  const machine = chosen === '' ? undefined : detail.data
  const problemOfChosen = machine ? problemOf(machine) : null
  const target: OtherTarget | null = machine ? { ...ref, id: machine.vm.id, name: machine.vm.name } : null
  return {
    ref,
    chosen,
    /** The chosen machine, once loaded. */
    machine,
    target,
    machines: list.data?.filter(({ id, deleted }) => id !== own && !deleted),
    error: list.error ?? detail.error,
    /** Why the chosen machine cannot be used, to show at its field. */
    problemOfChosen,
    /** Why the form cannot be sent yet, or null. */
    problem: chosen === '' ? 'Choose a machine.' : machine ? problemOfChosen : 'Loading the machine…',
    choose: setChosen,
    chooseGroup: (name: string) => {
      setGroupName(name)
      setChosen('')
    },
  }
}

interface Props {
  choice: ReturnType<typeof useOtherMachine>
  /** True while the request is being sent. The change itself may then look like a problem with the chosen machine. */
  pending: boolean
}

export function OtherMachineFields({ choice, pending }: Props) {
  const { ref, chosen, machines, error, problemOfChosen } = choice
  const groups = useGroups(ref.account).map((group) => ({ value: segmentOf(group), label: group.name }))
  const nothing = machines?.length === 0 ? 'No other machine' : 'Choose one'
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <SelectField
          label="Group"
          options={groups.some(({ value }) => value === ref.group) ? groups : [ref.group]}
          value={ref.group}
          onChange={(event) => choice.chooseGroup(event.currentTarget.value)}
        />
        <SelectField
          label="Machine"
          translate={chosen === '' ? undefined : 'no'}
          placeholder={machines ? nothing : 'Loading…'}
          options={(machines ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen}
          errors={problemOfChosen && !pending ? [problemOfChosen] : undefined}
          onChange={(event) => choice.choose(event.currentTarget.value)}
        />
      </div>
      {error && <FormError title="Couldn’t load machine data" text={error.message} />}
    </>
  )
}
