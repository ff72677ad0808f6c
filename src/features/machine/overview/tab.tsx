import { actions } from '../../../actions/index.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { formatClock } from '../../../lib/times.ts'
import { changeInWords, windowInWords } from '../../../operations/activity/changes-elsewhere/change.ts'
import { useChangesElsewhere } from '../../../operations/activity/changes-elsewhere/store.ts'
import type { Operation, Outcome } from '../../../operations/operation.ts'
import { useOperations } from '../../../operations/use-operations.ts'
import { useSession } from '../../../session/session.ts'
import { Card } from '../../../ui/card.tsx'
import { CodeBlock } from '../../../ui/code.tsx'
import { Attributes, Discs, Network } from './attributes.tsx'

export function Overview({ group, machine: { vm } }: MachineInGroup) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid content-start gap-4">
        <Attributes vm={vm} />
        <Discs discs={vm.discs} />
      </div>
      <div className="grid content-start gap-4">
        {!vm.deleted && <Console address={vm.management_address} />}
        <Network nics={vm.network_interfaces} />
        <DoneHere id={vm.id} />
        <ChangedElsewhere account={group.account} id={vm.id} />
      </div>
    </div>
  )
}

/** How to reach the machine when it does not answer: the serial console, through the head's ssh. */
function Console({ address }: { address: string | null | undefined }) {
  const { credentials } = useSession()
  return (
    <Card title="Out-of-band console">
      {address ? (
        <>
          <CodeBlock
            code={`ssh ${credentials?.username ?? 'USER'}@${address}`}
            copyLabel="Copy the ssh command"
          />
          <p className="px-3.5 py-2.5 text-xs text-muted">
            Works when the machine does not answer or you are locked out.
          </p>
        </>
      ) : (
        <p className="px-3.5 py-2.5 text-muted">BigV gives no management address for it.</p>
      )}
    </Card>
  )
}

const TONES: Record<Outcome, string> = {
  done: 'text-ok',
  refused: 'text-danger',
  unclear: 'text-warn',
  superseded: 'text-warn',
  'no longer watching': 'text-muted',
}

function DoneHere({ id }: { id: number }) {
  const own = useOperations()
    .filter(({ target, phase }) => target.id === id && phase !== 'checking')
    .toReversed()
  if (own.length === 0) return null
  return (
    <Card title="Done here">
      <ul className="divide-y divide-line px-3.5 py-1">
        {own.map((operation) => (
          <Entry key={operation.key} operation={operation} />
        ))}
      </ul>
    </Card>
  )
}

function Entry({ operation }: { operation: Operation }) {
  const { action, begunAt, outcome, note, steps, otherTab } = operation
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 py-2">
      <time className="pt-px font-mono text-xs text-muted" dateTime={new Date(begunAt).toISOString()}>
        {formatClock(begunAt)}
      </time>
      <span className="min-w-0 wrap-anywhere">
        {actions[action].label}{' '}
        <span className="text-xs text-muted">
          {steps.map(({ method, path, trace }) => requestWords(method, path, trace?.status)).join(', ')}
        </span>
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      <span className={outcome ? TONES[outcome] : 'text-muted'}>
        {outcome ?? (otherTab ? 'in another tab' : 'running')}
      </span>
    </li>
  )
}

function requestWords(method: string, path: string, status: number | undefined): string {
  const signal = path.endsWith('/signal') ? ' signal' : ''
  return `${method}${signal}${status === undefined ? '' : ` ${status || 'no answer'}`}`
}

/** The changes of this machine that were made elsewhere, as far as this page has seen them, newest first. */
function ChangedElsewhere({ account, id }: { account: string; id: number }) {
  const changes = useChangesElsewhere()
    .filter((each) => each.account === account && each.id === id)
    .toReversed()
  if (changes.length === 0) return null
  return (
    <Card title="Changed elsewhere">
      <ul className="divide-y divide-line px-3.5 py-1">
        {changes.map((change) => (
          <li key={change.key} className="py-2">
            <span className="block wrap-anywhere">{changeInWords(change)}</span>
            <span className="text-xs text-muted tabular-nums">{windowInWords(change)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
