import X from 'lucide-react/icons/x'
import { sendKeys } from '../../actions/keys.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { atWhen } from '../../lib/times.ts'
import { KEYS_BUSY, pressesOn } from '../../operations/batch/key-presses.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { Operation } from '../../operations/operation.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ToneIcon, type Tone } from '../../ui/notice.tsx'
import {
  combinationReason,
  COMMON,
  deleteCombination,
  mayRestart,
  savedCombinations,
  type Combination,
} from './combinations.ts'
import { KeyRow, WARNS } from './key-row.tsx'
import { AT_ONCE_EVERY_MS, sendAtOnce } from './send-at-once.ts'
import { usePressSending } from './use-press-sending.ts'

/** Sends a combination with one click, and shows the result below. */
export function CombinationsCard({ names, ...shown }: MachineInGroup & { names: readonly string[] }) {
  const saved = savedCombinations.use()
  const known = new Set(names)
  const disabledReasonOf = useDisabledReason(shown.machine)
  const running = pressesOn(useOperations(), shown.machine.vm.id)
  const { mutate, data: sent, variables, error, isPending } = usePressSending(shown, { queue: true })
  const reason = disabledReasonOf(sendKeys) ?? (running && !isPending ? KEYS_BUSY : null)
  const send = (combination: Combination) =>
    sendAtOnce(shown, combination, () => mutate({ ...combination, everyMs: AT_ONCE_EVERY_MS }))
  const reasonOf = (combination: Combination) => reason ?? combinationReason(combination, known)
  const keyOf = (each: Combination) => ({
    name: each.name,
    warns: mayRestart(each),
    disabledReason: reasonOf(each),
    onPress: () => send(each),
  })

  return (
    <Card title="Send at once">
      <div className="grid gap-3 p-3.5">
        <KeyRow label="Combinations" keys={COMMON.filter((each) => !mayRestart(each)).map(keyOf)} />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="text-xs text-muted">May restart the machine:</span>
          <KeyRow label="May restart the machine" keys={COMMON.filter(mayRestart).map(keyOf)} />
        </div>
        {saved.length > 0 && (
          <ul aria-label="Saved combinations" className="flex flex-wrap gap-x-3 gap-y-1.5">
            {saved.map((each) => (
              <li key={each.name} className="flex items-center">
                <Button
                  className={mayRestart(each) && reasonOf(each) === null ? WARNS : ''}
                  disabledReason={reasonOf(each)}
                  onClick={() => send(each)}
                >
                  <span>{each.name}</span>
                  <span className="max-w-40 truncate font-mono text-2xs font-normal text-muted">
                    {each.presses.join(' ')}
                  </span>
                </Button>
                <IconButton label={`Delete ${each.name}`} onClick={() => deleteCombination(each.name)}>
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Result name={variables?.name ?? ''} sending={isPending} operation={sent} error={error} />
    </Card>
  )
}

interface ResultProps {
  name: string
  sending: boolean
  operation: Operation | null | undefined
  error: { title: string; text: string } | null
}

const COLOURS: Record<Tone, string> = {
  info: 'text-muted',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft',
  danger: 'bg-danger-soft',
}

/** The last result, in a line that is always there, so that nothing moves when it comes. */
function Result(props: ResultProps) {
  const { tone, text } = resultOf(props)
  return (
    <div
      role="status"
      className={`flex min-h-9 items-start gap-2 border-t border-line px-3.5 py-2 text-sm ${COLOURS[tone]}`}
    >
      {tone !== 'info' && <ToneIcon tone={tone} />}
      <span className="wrap-anywhere">{text}</span>
    </div>
  )
}

function resultOf({ name, sending, operation, error }: ResultProps): { tone: Tone; text: string } {
  if (sending) return { tone: 'info', text: `Sending ${name}…` }
  if (error) return { tone: 'danger', text: `${error.title}. ${error.text}` }
  if (!operation) return { tone: 'info', text: 'Nothing sent yet.' }
  const { outcome, note, endedAt, begunAt } = operation
  if (outcome === 'done') return { tone: 'ok', text: `${name} sent ${atWhen(endedAt ?? begunAt)}` }
  return { tone: outcome === 'unclear' ? 'warn' : 'danger', text: `${name}: ${outcome}. ${note}` }
}
