import { answerAll, giveUpOverdue, questionsOf } from '../../operations/batch/control.ts'
import { isActive } from '../../operations/batch/queue.ts'
import { restReason } from '../../operations/batch/rest.ts'
import type { Run, Tally } from '../../operations/batch/run.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useNowSelected } from '../../lib/use-now.ts'

/** What a run waits for: the user, BigV, or machines that take long. */
export function RunNotices({ run, count }: { run: Run; count: Tally }) {
  const rest = useNowSelected(() => restReason(run))
  return (
    <>
      {run.why !== '' && run.state !== 'over' && <Notice tone="warn">{run.why}</Notice>}
      {rest !== null && isActive(run) && <Notice tone="warn">Nothing more begins now. {rest}</Notice>}
      {questionsOf(run).map(({ note, keys }) => (
        <Notice
          key={note}
          tone="warn"
          role="alert"
          title={keys.length === 1 ? '1 machine asks' : `${keys.length} machines ask`}
          actions={
            <>
              <Button onClick={() => answerAll(keys, false)}>Do not send</Button>
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
          title={count.overdue === 1 ? '1 is overdue' : `${count.overdue} are overdue`}
          actions={<Button onClick={() => giveUpOverdue(run.key)}>Give up watching</Button>}
        >
          BigV may still do it. They are watched, and hold up nobody.
        </Notice>
      )}
    </>
  )
}
