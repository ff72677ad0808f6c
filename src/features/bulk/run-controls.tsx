import { autorebootTo } from '../../actions/power.ts'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { downloadText } from '../../lib/download.ts'
import { goOn, pauseRun, setAtOnce, stopRun } from '../../operations/batch/control.ts'
import { isActive } from '../../operations/batch/queue.ts'
import { reportCsv, reportJson } from '../../operations/batch/report.ts'
import { hasFailed, MOST_AT_ONCE, type Item, type Run, type Tally } from '../../operations/batch/run.ts'
import { removeRun } from '../../operations/batch/runs.ts'
import { actionOf, taskOf, type Task } from '../../operations/batch/task.ts'
import { messageOf } from '../../api/errors.ts'
import { fetchCandidates } from '../../operations/batch/candidates.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast/toast.ts'
import { askBulk } from './ask-bulk.ts'

/** Pause, stop, go on, how many at once; retry the failed; the report. */
export function RunControls({ run, count }: { run: Run; count: Tally }) {
  const [machine, setReading] = useState(false)
  const { key, task, items, state } = run
  const active = isActive(run)

  const changed = items.filter(({ autoreboot, phase }) => autoreboot !== null && phase === 'ended')
  const before = changed[0]?.autoreboot?.before

  /** Reads the machines and asks about the task on them, as they read. */
  const askAbout = async (task: Task, machines: readonly Item[], retry: string | null) => {
    setReading(true)
    try {
      askBulk({ task, candidates: await fetchCandidates(machines), retry })
    } catch (error) {
      toast({
        tone: 'danger',
        title: 'The machines could not be read, so nothing was sent',
        text: messageOf(error),
      })
    } finally {
      setReading(false)
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === 'running' && <Button onClick={() => pauseRun(key)}>Pause</Button>}
      {(state === 'paused' || state === 'stopped') && count.queued > 0 && (
        <Button variant="primary" onClick={() => goOn(key)}>
          Go on with {count.queued}
        </Button>
      )}
      {(state === 'running' || state === 'paused') && <Button onClick={() => stopRun(key)}>Stop</Button>}
      {count.queued > 0 && <AtOnce key={run.atOnce} run={run} />}
      {count.failed > 0 && (
        <Button
          pending={machine}
          disabledReason={active ? 'It is still under way. Pause it, and wait for what is running.' : null}
          onClick={() => void askAbout(task, items.filter(hasFailed), key)}
        >
          Retry the failed ({count.failed})
        </Button>
      )}
      {!active && before !== undefined && actionOf(task).menu !== 'autoreboot' && (
        <Button pending={machine} onClick={() => void askAbout(taskOf(autorebootTo(before)), changed, null)}>
          Put autoreboot_on back ({changed.length})
        </Button>
      )}
      <span className="flex-1" />
      <Button size="small" onClick={() => downloadText(`${fileName(run)}.csv`, reportCsv(run), 'text/csv')}>
        <Download size={14} aria-hidden />
        CSV
      </Button>
      <Button
        size="small"
        onClick={() => downloadText(`${fileName(run)}.json`, reportJson(run), 'application/json')}
      >
        <Download size={14} aria-hidden />
        JSON
      </Button>
      {!active && (
        <Button size="small" variant="quiet" onClick={() => removeRun(key)}>
          Forget
        </Button>
      )}
    </div>
  )
}

function AtOnce({ run }: { run: Run }) {
  const set = (atOnce: number) => setAtOnce(run.key, atOnce)
  return (
    <fieldset aria-label="At once, at most" className="flex items-center gap-1 text-xs text-muted">
      <Button
        size="small"
        aria-label="Fewer at once"
        disabledReason={run.atOnce <= 1 ? 'One is the least.' : null}
        onClick={() => set(run.atOnce - 1)}
      >
        −
      </Button>
      <span className="whitespace-nowrap tabular-nums">{run.atOnce} at once</span>
      <Button
        size="small"
        aria-label="More at once"
        disabledReason={run.atOnce >= MOST_AT_ONCE ? `${MOST_AT_ONCE} are the most.` : null}
        onClick={() => set(run.atOnce + 1)}
      >
        +
      </Button>
    </fieldset>
  )
}

function fileName({ task, begunAt }: Run): string {
  const at = new Date(begunAt).toISOString().slice(0, 19).replaceAll(':', '-')
  return `bigv-bulk-${task.action}-${at}`
}
