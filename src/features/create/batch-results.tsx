import { useEffect } from 'react'
import { Link } from 'react-router'
import { Elapsed } from '../../components/elapsed.tsx'
import { OtpForecast } from '../../components/otp.tsx'
import { links } from '../../lib/links.ts'
import { countOf } from '../../lib/units.ts'
import {
  itemStates,
  removeCreateBatch,
  statesInWords,
  type CreateBatch,
  type CreateItem,
  type ItemState,
} from '../../operations/batch/create-batches.ts'
import { canRetry, errorOf, retryCreating, stopCreating } from '../../operations/batch/create-several.ts'
import { forgetNewPassword, newPasswordOf, useNewPasswords } from '../../operations/batch/new-passwords.ts'
import { createBatchAfter } from '../../operations/batch/otp-forecast.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock, CopyButton } from '../../ui/code.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { dropDraft } from './form/draft.ts'

interface Props {
  batch: CreateBatch
  /** Opens the form with the names of the machines that failed. */
  onOpenForm: (names: readonly string[]) => void
  /** Opens an empty form. */
  onCreateMore: () => void
}

const RELOADED = 'The page was reloaded, and the requests aren’t stored. Fill in the form again.'

/** The progress and results of a batch of new machines. */
export function BatchResults({ batch, onOpenForm, onCreateMore }: Props) {
  const operations = useOperations()
  const passwords = useNewPasswords().filter(
    ({ account, group, name }) =>
      account === batch.account && group === batch.group && batch.items.some((item) => item.name === name),
  )
  const states = itemStates(batch, operations)
  const retryable = batch.items
    .filter((_, index) => ['failed', 'unclear'].includes(states[index]?.is ?? ''))
    .map(({ name }) => name)
  const summary = statesInWords(states)
  useEffect(() => announce(summary), [summary])
  const complete = batch.state === 'ended' && retryable.length === 0
  useEffect(() => {
    if (complete) dropDraft()
  }, [complete])
  return (
    <div className="mt-4 grid max-w-4xl gap-4">
      {batch.why !== '' && (
        <Notice tone="warn" title="Stopped early">
          {batch.why}
        </Notice>
      )}
      {passwords.length > 0 && (
        <Notice tone="warn" title="Copy the root passwords now">
          They aren’t stored. You lose them when you close or reload this page.{' '}
          {passwords.length > 1 && (
            <CopyButton
              value={passwords.map(({ name, password }) => `${name}\t${password}`).join('\n')}
              label="Copy all names and passwords"
            />
          )}
        </Notice>
      )}
      {batch.state === 'running' && batch.items.some(({ is }) => is === 'queued') && (
        <OtpForecast total={batch.items.length} after={(end, now) => createBatchAfter(batch, end, now)} />
      )}
      <Card title={`${countOf(batch.items.length, 'machine')}: ${summary}`}>
        <ul aria-label="Machines" className="divide-y divide-line">
          {batch.items.map((item, index) => {
            const state = states[index]
            return state && <Row key={item.name} batch={batch} item={item} state={state} />
          })}
        </ul>
      </Card>
      <div className="flex flex-wrap gap-2">
        {batch.state !== 'ended' ? (
          <Button
            disabledReason={batch.state === 'stopping' ? 'Stops after the current request.' : null}
            onClick={() => stopCreating(batch.key)}
          >
            Stop
          </Button>
        ) : (
          retryable.length > 0 && (
            <>
              <Button
                variant="primary"
                disabledReason={canRetry(batch.key) ? null : RELOADED}
                onClick={() => retryCreating(batch.key, retryable)}
              >
                Try {retryable.length === 1 ? firstNames(retryable) : `${retryable.length} machines`} again
              </Button>
              <Button onClick={() => onOpenForm(retryable)}>Open the form for {firstNames(retryable)}</Button>
            </>
          )
        )}
        <Link to={links.machines(batch)} className={buttonClass()}>
          View machines
        </Link>
        {complete && (
          <Button
            onClick={() => {
              onCreateMore()
              removeCreateBatch(batch.key)
            }}
          >
            Create more machines
          </Button>
        )}
      </div>
    </div>
  )
}

/** The first failure with messages by field, to show in the form. */
export function explainedFailure(batch: CreateBatch, names: readonly string[]) {
  return names
    .map((name) => errorOf(batch.key, name))
    .find((error) => error !== undefined && Object.keys(error.fields).length > 0)
}

interface RowProps {
  batch: CreateBatch
  item: CreateItem
  state: ItemState
}

const TONES = { created: 'ok', running: 'info', unclear: 'warn', failed: 'danger' } as const

/** One machine: its name, its state, and its password until the user has copied it. */
function Row({ batch, item, state }: RowProps) {
  const { name } = item
  const operation = useOperations().find(({ key }) => key === item.operation)
  const password = newPasswordOf(useNewPasswords(), batch, name)
  const exists = item.is === 'begun' || item.holder !== null
  return (
    <li className="grid gap-x-4 gap-y-1.5 px-3.5 py-2.5 @container sm:grid-cols-[minmax(7rem,16rem)_minmax(0,1fr)]">
      <span className="font-mono text-xs leading-6 font-semibold wrap-anywhere">
        {exists ? (
          <Link
            to={links.machine(batch, item.holder ?? operation?.target.id ?? name)}
            className="text-accent hover:underline"
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <div className="min-w-0">
        <Tag tone={TONES[state.is]}>{state.word}</Tag>{' '}
        {operation !== undefined && operation.phase !== 'ended' && (
          <span className="text-xs text-muted">
            <Elapsed since={operation.begunAt} />
          </span>
        )}
        {state.note !== '' && <p className="mt-0.5 text-xs text-muted wrap-anywhere">{state.note}</p>}
        {password !== null && (
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            <CodeBlock
              code={password}
              copyLabel={`Copy the root password of ${name}`}
              className="w-fit rounded-lg border border-line"
            />
            <Button
              size="small"
              // Begins with what is seen, for speech input (WCAG 2.5.3).
              aria-label={`I’ve copied it: the root password of ${name}`}
              onClick={() => forgetNewPassword(batch, name)}
            >
              I’ve copied it
            </Button>
          </div>
        )}
      </div>
    </li>
  )
}

const NAMED = 3

/** For example "web1, web2, web3 and 4 more". */
function firstNames(names: readonly string[]): string {
  const more = names.length - NAMED
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
