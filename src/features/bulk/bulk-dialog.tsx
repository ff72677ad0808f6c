import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { SimpleAction } from '../../actions/action.ts'
import { simpleNameOf } from '../../actions/index.ts'
import { traceLine, type ApiError } from '../../api/errors.ts'
import { redacted } from '../../api/redact.ts'
import { Preview } from '../../components/actions/request-preview.tsx'
import { OtpForecast } from '../../components/otp.tsx'
import { useUnmounted } from '../../lib/browser/use-unmounted.ts'
import { batchLabel, batchTitle, MOST_AT_ONCE, USUAL_AT_ONCE } from '../../operations/batch/batch.ts'
import { beginBatch, retryFailed } from '../../operations/batch/control.ts'
import { fetchCandidates } from '../../operations/batch/fetch-machines.ts'
import {
  changedSentence,
  differences,
  forecast,
  forecastSentence,
  type Candidate,
  type Forecast,
} from '../../operations/batch/forecast.ts'
import { bulkAfter } from '../../operations/batch/otp-forecast.ts'
import { forbiddenReason } from '../../operations/disabled-reason.ts'
import { isReadOnly, readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { blockingOn, operations } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { NumberField, TextField } from '../../ui/fields/text-field.tsx'
import { announce } from '../../ui/live-region.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import type { BulkRequest } from './bulk-request.ts'

const NONE: ReadonlySet<number> = new Set()

interface Props {
  request: BulkRequest
  onClose: () => void
}

/** Confirms an action on many machines. Shows the machines by state, why some are skipped, and the requests. */
export function BulkDialog({ request, onClose }: Props) {
  const { action, retry, hidden = NONE } = request
  const [candidates, setCandidates] = useState(request.candidates)
  const [changed, setChanged] = useState<readonly Candidate[]>([])
  const [rolling, setRolling] = useState(false)
  const [atOnce, setAtOnce] = useState(String(USUAL_AT_ONCE))
  const [typed, setTyped] = useState('')
  const readOnly = useReadOnly()
  const unmounted = useUnmounted()
  const now = forecastNow(action, candidates)
  const count = now.act.length
  const loss = action.loss?.({ power_on: now.act.some(({ vm }) => vm.power_on) })
  const wantsCount = action.loses !== 'nothing'
  const disabledReason =
    readOnlyReason(readOnly) ??
    (count === 0 ? 'Nothing to do: all of these machines would be skipped.' : atOnceProblem(atOnce)) ??
    (wantsCount && typed.trim() !== String(count) ? `Type the number of machines (${count}) first.` : null)

  const confirm = useMutation<void, ApiError>({
    mutationFn: async () => {
      const fetched = await fetchCandidates(candidates)
      // The user may have cancelled, or turned on read-only mode, while the machines were being fetched.
      if (unmounted().aborted || isReadOnly()) return
      const fresh = forecastNow(action, fetched)
      const others = differences(now, fresh)
      setCandidates(fetched)
      setChanged(others)
      if (others.length > 0) return
      const pace = { rolling, atOnce: Number(atOnce) }
      if (retry === null) beginBatch(action, fresh, pace)
      else retryFailed(retry, fresh, pace)
      announce(`${batchTitle(action, fresh.act.length)}: running.`)
      onClose()
    },
  })
  const { error } = confirm
  const cancel = useRef<HTMLButtonElement>(null)
  const counted = useRef<HTMLInputElement>(null)

  return (
    <Dialog
      alert
      // The box that has to be filled in. On touch screens, it would open the keyboard.
      initialFocus={(by) => by === 'touch' || (counted.current ?? cancel.current ?? true)}
      onClose={onClose}
      title={`${retry === null ? '' : 'Retry: '}${batchTitle(action, count)}?`}
      description={forecastSentence(action, now)}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant={wantsCount ? 'confirm-danger' : 'primary'}
            disabledReason={disabledReason}
            pending={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            {batchTitle(action, count)}
          </Button>
        </>
      }
    >
      <div className="grid gap-3.5">
        <p className="text-muted">
          {loss && <strong className="text-text">{loss}</strong>}{' '}
          <span>{action.bulk?.explains ?? action.explains}</span>
        </p>
        {changed.length > 0 && (
          <Notice tone="warn" role="alert" title="Some machines have changed">
            {changedSentence(changed)} Nothing was sent. Check the updated list before you continue.
          </Notice>
        )}
        {error && (
          <FormError
            title="Nothing was sent"
            text={`Couldn’t load the machines’ current state. ${error.message}`}
            details={traceLine(error.trace)}
          />
        )}
        <ForecastView action={action} forecast={now} hidden={hidden} retry={retry !== null} />
        {count > 0 && (
          <>
            {action.bulk?.canRoll && (
              <CheckboxField
                label="Rolling"
                hint="Waits until each machine is running again before the next. The first failure stops the rest."
                checked={rolling}
                onChange={(event) => {
                  setRolling(event.currentTarget.checked)
                  setAtOnce(event.currentTarget.checked ? '1' : String(USUAL_AT_ONCE))
                }}
              />
            )}
            <details className="rounded-lg border border-line">
              <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
                Options <span className="font-normal">· {atOnce} in parallel</span>
              </summary>
              <div className="border-t border-line px-3.5 py-3">
                <NumberField
                  label="In parallel"
                  className="max-w-40"
                  value={atOnce}
                  errors={atOnceProblem(atOnce) === null ? [] : [atOnceProblem(atOnce) ?? '']}
                  onChange={(event) => setAtOnce(event.currentTarget.value)}
                />
              </div>
            </details>
            {atOnceProblem(atOnce) === null && (
              <OtpForecast
                total={count}
                after={(end, at) =>
                  bulkAfter(simpleNameOf(action), { count, atOnce: Number(atOnce) }, end, at)
                }
              />
            )}
            <PatternPreview patterns={now.patterns} />
          </>
        )}
        {wantsCount && count > 0 && (
          <TextField
            ref={counted}
            label={`Type ${count}, the number of machines, to confirm`}
            mono
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </div>
    </Dialog>
  )
}

function forecastNow(action: BulkRequest['action'], candidates: readonly Candidate[]) {
  const all = operations()
  return forecast(
    action,
    candidates,
    (id) => blockingOn(all, id),
    Date.now(),
    ({ ref, id, name }) => forbiddenReason(action, { ...ref, id, name }) !== null,
  )
}

function atOnceProblem(text: string): string | null {
  const value = Number(text)
  return Number.isInteger(value) && value >= 1 && value <= MOST_AT_ONCE && text.trim() !== ''
    ? null
    : `Enter a whole number from 1 to ${MOST_AT_ONCE}.`
}

interface ForecastProps {
  action: SimpleAction
  forecast: Forecast
  hidden: ReadonlySet<number>
  retry: boolean
}

function ForecastView({ action, forecast, hidden, retry }: ForecastProps) {
  const { act, skipped, states, autoreboot } = forecast
  const off = states.find(({ state }) => state === 'stopped')?.count ?? 0
  return (
    <div className="grid gap-2">
      {act.length > 0 && (
        <Names
          title={`${batchLabel(action)} ${act.length}`}
          more={states.map(({ state, count }) => `${count} ${state}`).join(', ')}
          machines={act}
          hidden={hidden}
          open
        />
      )}
      {skipped.map(({ reason, words, machines }) => (
        <Names key={reason} title={`${machines.length} ${words}`} more="skipped" machines={machines} quiet />
      ))}
      {autoreboot && (
        <p>
          Turns automatic restart {autoreboot.to ? 'on' : 'off'} for{' '}
          {autoreboot.count === 1 ? '1 machine' : `${autoreboot.count} machines`}.
          {action.alsoStarts &&
            off > 0 &&
            ` BigV also starts ${off === 1 ? 'the stopped one' : `the ${off} stopped ones`}.`}
        </p>
      )}
      {/* A reset, for example, leaves no trace in the machine’s data, so nobody can tell whether it was done. */}
      {retry && action.isAchieved === null && act.length > 0 && (
        <p className="text-warn">
          If BigV didn’t answer, the action may have been done already. Retrying may do it twice.
        </p>
      )}
    </div>
  )
}

function PatternPreview({ patterns }: { patterns: Forecast['patterns'] }) {
  const code = patterns
    .map(({ method, path, body, count }) =>
      [`${method} ${path}   × ${count}`, body && JSON.stringify(redacted(body))].filter(Boolean).join('\n'),
    )
    .join('\n\n')
  return (
    <Preview count={patterns.reduce((sum, { count }) => sum + count, 0)}>
      <p className="border-t border-line px-3.5 py-1.5 text-xs text-muted">
        ID stands for each machine’s ID.
      </p>
      <CodeBlock
        code={code}
        copyLabel="Copy the requests"
        className="max-h-48 overflow-y-auto border-t border-line"
      />
    </Preview>
  )
}

interface NamesProps {
  title: string
  more: string
  machines: readonly Candidate[]
  hidden?: ReadonlySet<number>
  open?: boolean
  quiet?: boolean
}

function Names({ title, more, machines, hidden = NONE, open = false, quiet = false }: NamesProps) {
  const unseen = machines.filter(({ id }) => hidden.has(id))
  const seen = unseen.length === 0 ? machines : machines.filter(({ id }) => !hidden.has(id))
  return (
    <details open={open} className="overflow-hidden rounded-lg border border-line">
      <summary className={`cursor-pointer px-3.5 py-2 ${quiet ? 'text-muted' : 'font-semibold'}`}>
        {title} <span className="text-xs font-normal text-muted">· {more}</span>
      </summary>
      {/* The names are one text, because ten thousand elements would stall the page. */}
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- lets arrow keys scroll it
        tabIndex={0}
        role="region"
        aria-label={`Names: ${title}`}
        className="max-h-32 overflow-y-auto border-t border-line bg-raised px-3.5 py-2 font-mono text-xs whitespace-pre-line wrap-anywhere"
      >
        {unseen.length > 0 && (
          <>
            <b className="font-sans font-semibold">Not shown in the list ({unseen.length})</b>
            <p className="mb-1.5">{namesText(unseen)}</p>
            {seen.length > 0 && <b className="font-sans font-semibold">Shown ({seen.length})</b>}
          </>
        )}
        <p>{namesText(seen)}</p>
      </div>
    </details>
  )
}

/** The machines' names, by group if the machines are in several groups. */
function namesText(machines: readonly Candidate[]): string {
  const groups = new Map<string, string[]>()
  for (const { ref, name } of machines) {
    const names = groups.get(ref.group)
    if (names === undefined) groups.set(ref.group, [name])
    else names.push(name)
  }
  const only = groups.size === 1
  return [...groups].map(([group, names]) => `${only ? '' : `${group}: `}${names.join(', ')}`).join('\n')
}
