import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../api/errors.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Disc } from '../../api/virtual-machine.ts'
import { machineQueries, readMachine } from '../../api/virtual-machines.ts'
import { RequestPreview } from '../../components/power/request-preview.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { useGroups } from '../../components/shell/use-groups.ts'
import { refreshGroup } from '../../operations/readings.ts'
import { requestsOf } from '../../operations/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { sourceProblem, targetProblem } from './disc-move-problems.ts'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

/** The other machine is not read by the page's poller; what bars it may pass. Before anything is sent it is read anyway. */
const TARGET_MS = 5_000

interface Props extends TabProps {
  disc: Disc
  onClose: () => void
}

/** Asks for the machine of this account that a disc is to move to. */
export function MoveDisc({ group, reading, disc, onClose }: Props) {
  const { vm } = reading
  const { id, label, size, storage_grade } = disc
  const { account } = group
  const groups = useGroups(account)
  const [groupName, setGroupName] = useState(group.group)
  const [chosen, setChosen] = useState('')
  const [checking, setChecking] = useState(false)
  const [problemNow, setProblemNow] = useState<string | null>(null)
  const { save, saving, failure } = useSave()
  const refusalOf = useGates(reading)
  const ref = { account, group: groupName }
  const list = useQuery(machineQueries.list(ref, false))
  const others = (list.data ?? []).filter((other) => other.id !== vm.id)
  const target = useQuery({
    ...machineQueries.detail(ref, Number(chosen)),
    enabled: chosen !== '',
    refetchInterval: ({ state: { data } }) => (data && targetProblem(disc, data) ? TARGET_MS : false),
  })
  const busy = checking || saving
  const params = { disc: { id, attributes: { virtual_machine_id: Number(chosen) } } }
  const there = target.data ? targetProblem(disc, target.data) : null
  const unread = list.error ?? target.error
  const problem = chosen === '' ? 'Choose a machine.' : target.data ? there : 'It has to be read first.'
  const refusal = busy ? null : (refusalOf('change_disc') ?? sourceProblem(vm) ?? problem)

  const move = async () => {
    setChecking(true)
    setProblemNow(null)
    try {
      // The other machine, too, may have changed since it was last read.
      const now = targetProblem(disc, await readMachine(ref, Number(chosen)))
      setProblemNow(now)
      if (now !== null) return
      const stated = { id, label, size, storage_grade }
      const done = await save({
        action: 'change_disc',
        group,
        reading,
        params,
        attributes: { power_on: false, autoreboot_on: false },
        disc: stated,
      })
      refreshGroup(ref)
      if (done) onClose()
    } catch (error) {
      setProblemNow(messageOf(error))
    } finally {
      setChecking(false)
      void queryClient.invalidateQueries({ queryKey: machineQueries.detail(ref, Number(chosen)).queryKey })
    }
  }

  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${label} of ${vm.name}`}
      description="To another machine of this account, with the data on it. Both machines have to be off."
      footer={
        <>
          <Button onClick={onClose}>{busy ? 'Close' : 'Cancel'}</Button>
          <Button variant="primary" refusal={refusal} pending={busy} onClick={() => void move()}>
            Move
          </Button>
        </>
      }
    >
      <div className="grid gap-3.5">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <SelectField
            label="Group"
            options={
              groups.some(({ name }) => name === groupName) ? groups.map(({ name }) => name) : [groupName]
            }
            value={groupName}
            onChange={(event) => {
              setGroupName(event.currentTarget.value)
              setChosen('')
            }}
          />
          <SelectField
            label="Machine"
            placeholder={
              list.isPending ? 'reading…' : others.length === 0 ? 'No other machine' : 'Choose one'
            }
            options={others.map((other) => ({ value: String(other.id), label: other.name }))}
            value={chosen}
            errors={there && !busy ? [there] : undefined}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        </div>
        {unread && <FormError title="It could not be read" text={unread.message} />}
        {problemNow && <FormError title="Nothing was sent" text={problemNow} />}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {chosen !== '' && <RequestPreview requests={requestsOf('change_disc', group, vm, params)} />}
      </div>
    </Dialog>
  )
}
