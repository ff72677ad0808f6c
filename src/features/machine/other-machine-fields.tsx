import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MachineData } from '../../api/virtual-machines.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { useGroups } from '../../components/use-groups.ts'
import type { GroupRef } from '../../lib/links.ts'
import { FormError } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'

/** The page doesn't poll the other machine, and the reason against it may pass. It is fetched again before anything is sent. */
const OTHER_MS = 5_000

/** The other machine that is chosen, as far as it is known. */
interface Other {
  ref: GroupRef
  /** Null while none is chosen. */
  id: number | null
  machine: MachineData | undefined
}

/**
 * The choice of another machine of the account, to move a disc to or to swap addresses with. Takes the machine that it is not, and
 * why a machine will not do; one that will not do is read again until it does.
 */
export function useOtherMachine(
  group: GroupRef,
  own: number,
  problemOf: (machine: MachineData) => string | null,
) {
  const [groupName, setGroupName] = useState(group.group)
  const [chosen, setChosen] = useState('')
  const ref = { account: group.account, group: groupName }
  const list = useQuery(machineQueries.list(ref, false))
  const machine = useQuery({
    ...machineQueries.detail(ref, Number(chosen)),
    enabled: chosen !== '',
    refetchInterval: ({ state: { data } }) => (data && problemOf(data) ? OTHER_MS : false),
  })
  const there = chosen !== '' && machine.data ? problemOf(machine.data) : null
  const other: Other = { ref, id: chosen === '' ? null : Number(chosen), machine: machine.data }
  return {
    other,
    machines: list.data?.filter(({ id }) => id !== own),
    unread: list.error ?? machine.error,
    /** Why this machine will not do, beside the field; null where it does or none is chosen. */
    there,
    problem: chosen === '' ? 'Choose a machine.' : machine.data ? there : 'It has to be read first.',
    choose: setChosen,
    chooseGroup: (name: string) => {
      setGroupName(name)
      setChosen('')
    },
  }
}

interface Props {
  choice: ReturnType<typeof useOtherMachine>
  /** While it is being sent what bars it is no news. */
  sending: boolean
}

/** The fields to choose it by. */
export function OtherMachineFields({ choice, sending }: Props) {
  const { other, machines, unread, there } = choice
  const groups = useGroups(other.ref.account).map(({ name }) => name)
  const nothing = machines?.length === 0 ? 'No other machine' : 'Choose one'
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <SelectField
          label="Group"
          options={groups.includes(other.ref.group) ? groups : [other.ref.group]}
          value={other.ref.group}
          onChange={(event) => choice.chooseGroup(event.currentTarget.value)}
        />
        <SelectField
          label="Machine"
          placeholder={machines ? nothing : 'reading…'}
          options={(machines ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={other.id === null ? '' : String(other.id)}
          errors={there && !sending ? [there] : undefined}
          onChange={(event) => choice.choose(event.currentTarget.value)}
        />
      </div>
      {unread && <FormError title="It could not be read" text={unread.message} />}
    </>
  )
}
