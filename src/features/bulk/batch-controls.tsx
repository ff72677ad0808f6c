import Download from 'lucide-react/icons/download'
import { useState } from 'react'
import type { SimpleAction } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { simpleActions } from '../../actions/index.ts'
import { messageOf } from '../../api/errors.ts'
import { OtpForecast } from '../../components/otp.tsx'
import { downloadText } from '../../lib/download.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import {
  canRetry,
  isActive,
  MOST_AT_ONCE,
  notDone,
  removeBatch,
  type Batch,
  type BatchItem,
  type Tally,
} from '../../operations/batch/batch.ts'
import {
  answerAll,
  pauseBatch,
  questionsOf,
  resumeBatch,
  setAtOnce,
  stopBatch,
  stopWatchingOverdue,
} from '../../operations/batch/control.ts'
import { fetchCandidates } from '../../operations/batch/fetch-machines.ts'
import { batchAfter } from '../../operations/batch/otp-forecast.ts'
import { waitReason } from '../../operations/batch/pauses.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.ts'
import { confirmBulk } from './bulk-request.ts'
import { reportCsv, reportJson } from './report.ts'

interface Props {
  batch: Batch
  count: Tally
}

/** Tells the user why a batch waits, what it asks them, and which machines are overdue. */
export function BatchNotices({ batch, count }: Props) {
  const waiting = useNowSelected(() => waitReason(batch))
  return (
    <>
      {batch.why !== '' && batch.state !== 'over' && <Notice tone="warn">{batch.why}</Notice>}
      {waiting !== null && isActive(batch) && (
        <Notice tone="warn">Nothing more is sent for now. {waiting}</Notice>
      )}
      {waiting === null && batch.state === 'running' && count.queued > 0 && (
        <OtpForecast total={count.total} after={(end, now) => batchAfter(batch, end, now)} />
      )}
      {questionsOf(batch).map(({ note, keys }) => (
        <Notice
          key={note}
          tone="warn"
          role="alert"
          title={keys.length === 1 ? '1 machine needs an answer' : `${keys.length} machines need an answer`}
          actions={
            <>
              <Button onClick={() => answerAll(keys, false)}>Don’t send</Button>
              <Button variant="primary" onClick={() => answerAll(keys, true)}>
                Send
              </Button>
            </>
          }
        >
          {note}
        </Notice>
      ))}
      {count.overdue > 0 && (
        <Notice
          tone="warn"
          title={count.overdue === 1 ? '1 machine is overdue' : `${count.overdue} machines are overdue`}
          actions={<Button onClick={() => stopWatchingOverdue(batch.key)}>Stop watching</Button>}
        >
          BigV may still carry out the request. The dashboard keeps checking these machines, and the others
          don’t wait for them.
        </Notice>
      )}
    </>
  )
}

export function BatchControls({ batch, count }: Props) {
  const [fetching, setFetching] = useState(false)
  const { key, items, state } = batch
  const action = simpleActions[batch.action]
  const active = isActive(batch)

  const changed = items.filter(
    ({ autoreboot, phase, result }) => autoreboot !== null && phase === 'ended' && result !== 'done',
  )
  const before = changed[0]?.autoreboot?.before

  /** Fetches the machines, and opens the bulk dialog for them. */
  const fetchAndConfirm = async (
    action: SimpleAction,
    machines: readonly BatchItem[],
    retry: string | null,
  ) => {
    setFetching(true)
    try {
      confirmBulk({ action, candidates: await fetchCandidates(machines), retry })
    } catch (error) {
      toast({
        tone: 'danger',
        title: 'Couldn’t load the machines. Nothing was sent.',
        text: messageOf(error),
      })
    } finally {
      setFetching(false)
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === 'running' && <Button onClick={() => pauseBatch(key)}>Pause</Button>}
      {(state === 'paused' || state === 'stopped') && count.queued > 0 && (
        <Button variant="primary" onClick={() => resumeBatch(key)}>
          Resume ({count.queued} queued)
        </Button>
      )}
      {(state === 'running' || state === 'paused') && (
        <Button onClick={() => stopBatch(key)}>Stop run</Button>
      )}
      {count.queued > 0 && <AtOnce key={batch.atOnce} batch={batch} />}
      {notDone(count) > 0 && (
        <Button
          pending={fetching}
          disabledReason={active ? 'Pause the run and wait for its running machines first.' : null}
          onClick={() => void fetchAndConfirm(action, items.filter(canRetry), key)}
        >
          Retry ({notDone(count)} not done)
        </Button>
      )}
      {!active && before !== undefined && action.menu !== 'autoreboot' && (
        <Button pending={fetching} onClick={() => void fetchAndConfirm(autorebootTo(before), changed, null)}>
          Turn automatic restart back {before ? 'on' : 'off'} ({changed.length})
        </Button>
      )}
      <span className="ml-auto flex gap-2">
        <Button
          size="small"
          onClick={() => downloadText(`${fileName(batch)}.csv`, reportCsv(batch), 'text/csv')}
        >
          <Download size={14} aria-hidden />
          CSV
        </Button>
        <Button
          size="small"
          onClick={() => downloadText(`${fileName(batch)}.json`, reportJson(batch), 'application/json')}
        >
          <Download size={14} aria-hidden />
          JSON
        </Button>
      </span>
      {!active && (
        <Button size="small" variant="quiet" onClick={() => removeBatch(key)}>
          Remove from list
        </Button>
      )}
    </div>
  )
}

function AtOnce({ batch }: { batch: Batch }) {
  const set = (atOnce: number) => setAtOnce(batch.key, atOnce)
  return (
    <fieldset aria-label="In parallel" className="flex items-center gap-1 text-xs text-muted">
      <Button
        size="small"
        aria-label="Run fewer in parallel"
        disabledReason={batch.atOnce <= 1 ? 'The minimum is 1.' : null}
        onClick={() => set(batch.atOnce - 1)}
      >
        −
      </Button>
      <span className="whitespace-nowrap tabular-nums">{batch.atOnce} in parallel</span>
      <Button
        size="small"
        aria-label="Run more in parallel"
        disabledReason={batch.atOnce >= MOST_AT_ONCE ? `The maximum is ${MOST_AT_ONCE}.` : null}
        onClick={() => set(batch.atOnce + 1)}
      >
        +
      </Button>
    </fieldset>
  )
}

function fileName({ action, begunAt }: Batch): string {
  const at = new Date(begunAt).toISOString().slice(0, 19).replaceAll(':', '-')
  return `bigv-bulk-${action}-${at}`
}
