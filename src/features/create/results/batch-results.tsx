import { useEffect } from 'react'
import { Link } from 'react-router'
import { links } from '../../../lib/links.ts'
import { beginning } from './run-words.ts'
import { canRetry, errorOf, retryRun, stopRun } from '../../../operations/batch/create-run.ts'
import { itemState, statesInWords } from '../../../operations/batch/create-run-state.ts'
import { removeRun, type CreateRun } from '../../../operations/batch/create-runs.ts'
import { useNewPasswords } from '../../../operations/new-passwords.ts'
import { useOperations } from '../../../operations/use-operations.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { dropDraft } from '../draft.ts'
import { RunRow } from './run-row.tsx'
import { machinesInWords } from '../words.ts'

interface Props {
  run: CreateRun
  /** Goes back to the form, with the names of those that failed. */
  onToForm: (names: readonly string[]) => void
  /** Goes to an empty form. */
  onMore: () => void
}

const RELOADED =
  'The page was reloaded since, and what was to be sent is known no longer. Fill in the form for them once more.'

/** How several machines asked for in one go have fared, one by one. */
export function RunResults({ run, onToForm, onMore }: Props) {
  const operations = useOperations()
  const passwords = useNewPasswords().filter(
    ({ account, group, name }) =>
      account === run.account && group === run.group && run.items.some((item) => item.name === name),
  )
  const states = run.items.map((item) =>
    itemState(
      item,
      run,
      operations.find(({ key }) => key === item.operation),
    ),
  )
  const failed = run.items.filter((_, index) => states[index]?.is === 'failed').map(({ name }) => name)
  const summary = statesInWords(states)
  useEffect(() => announce(summary), [summary])
  const complete = !run.going && failed.length === 0
  useEffect(() => {
    if (complete) dropDraft()
  }, [complete])
  return (
    <div className="mt-4 grid gap-4">
      {run.why !== '' && (
        <Notice tone="warn" title="It ended before its time">
          {run.why}
        </Notice>
      )}
      {passwords.length > 0 && (
        <Notice tone="warn" title="Copy their root passwords now">
          They are kept nowhere, and are gone when this page is closed or reloaded.{' '}
          {passwords.length > 1 && (
            <CopyButton
              value={passwords.map(({ name, password }) => `${name}\t${password}`).join('\n')}
              label="Copy all passwords, with the names"
            />
          )}
        </Notice>
      )}
      <Card title={`${machinesInWords(run.items.length)}: ${summary}`}>
        <ul aria-label="Machines" className="divide-y divide-line">
          {run.items.map((item, index) => {
            const state = states[index]
            return state && <RunRow key={item.name} run={run} item={item} state={state} />
          })}
        </ul>
      </Card>
      <div className="flex flex-wrap gap-2">
        {run.going ? (
          <Button
            disabledReason={run.stopping ? 'It stops after the request that is on its way.' : null}
            onClick={() => stopRun(run.key)}
          >
            Stop
          </Button>
        ) : (
          failed.length > 0 && (
            <>
              <Button
                variant="primary"
                disabledReason={canRetry(run.key) ? null : RELOADED}
                onClick={() => retryRun(run.key, failed)}
              >
                Try {failed.length === 1 ? beginning(failed) : `the ${failed.length} that failed`} again
              </Button>
              <Button onClick={() => onToForm(failed)}>To the form, with {beginning(failed)}</Button>
            </>
          )
        )}
        <Link to={links.machines(run)} className={buttonClass()}>
          To the machines
        </Link>
        {complete && (
          <Button
            onClick={() => {
              onMore()
              removeRun(run.key)
            }}
          >
            Create more
          </Button>
        )}
      </div>
    </div>
  )
}

/** The first failure that BigV explained by fields, for the form; undefined where there is none. */
export function explainedFailure(run: CreateRun, names: readonly string[]) {
  return names
    .map((name) => errorOf(run.key, name))
    .find((error) => error !== undefined && Object.keys(error.fields).length > 0)
}
