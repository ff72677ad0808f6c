import type { SimpleAction } from '../../actions/action.ts'
import { autorebootOn } from '../../actions/autoreboot.ts'
import { redacted } from '../../api/redact.ts'
import { yesNo } from '../../lib/text.ts'
import { batchLabel } from '../../operations/batch/batch.ts'
import type { Candidate, Forecast } from '../../operations/batch/forecast.ts'
import { CodeBlock } from '../../ui/code.tsx'

interface Props {
  action: SimpleAction
  forecast: Forecast
  retry: boolean
}

/** What will happen to which machines, by their states, with their names. */
export function ForecastView({ action, forecast: { act, skipped, states, autoreboot }, retry }: Props) {
  const starts = action === autorebootOn
  const off = states.find(({ state }) => state === 'stopped')?.count ?? 0
  return (
    <div className="grid gap-2">
      {act.length > 0 && (
        <Names
          title={`${batchLabel(action)} ${act.length}`}
          more={states.map(({ state, count }) => `${count} ${state}`).join(', ')}
          machines={act}
          open
        />
      )}
      {skipped.map(({ reason, words, machines }) => (
        <Names
          key={reason}
          title={`${machines.length} ${words}`}
          more="left alone"
          machines={machines}
          quiet
        />
      ))}
      {autoreboot && (
        <p>
          This changes <code>autoreboot_on</code> of {autoreboot.count}: {yesNo(!autoreboot.to)} →{' '}
          {yesNo(autoreboot.to)}.
          {starts && off > 0 && ` BigV starts the ${off} that ${off === 1 ? 'is' : 'are'} stopped.`}
        </p>
      )}
      {/* Their machines look the same before and after. */}
      {retry && action.isAchieved === undefined && act.length > 0 && (
        <p className="text-warn">
          Of those that got no answer, nobody can tell whether it was done already: it would be done twice.
        </p>
      )}
    </div>
  )
}

/** The shapes of the requests that will be sent, with ID for each machine's, and how many of each. */
export function PatternPreview({ patterns }: { patterns: Forecast['patterns'] }) {
  const code = patterns
    .map(({ method, path, body, count }) =>
      [`${method} ${path}   × ${count}`, body && JSON.stringify(redacted(body))].filter(Boolean).join('\n'),
    )
    .join('\n\n')
  return (
    <details open className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        What will be sent, to each by its ID
      </summary>
      <CodeBlock code={code} copyLabel={null} className="max-h-48 overflow-y-auto border-t border-line" />
    </details>
  )
}

interface NamesProps {
  title: string
  more: string
  machines: readonly Candidate[]
  open?: boolean
  quiet?: boolean
}

function Names({ title, more, machines, open = false, quiet = false }: NamesProps) {
  return (
    <details open={open} className="overflow-hidden rounded-lg border border-line">
      <summary className={`cursor-pointer px-3.5 py-2 ${quiet ? 'text-muted' : 'font-semibold'}`}>
        {title} <span className="text-xs font-normal text-muted">· {more}</span>
      </summary>
      {/* One text, whatever their number: ten thousand elements would stall the page. */}
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and arrows have to reach it
        tabIndex={0}
        role="region"
        aria-label={`Names: ${title}`}
        className="max-h-32 overflow-y-auto border-t border-line bg-raised px-3.5 py-2 font-mono text-xs whitespace-pre-line wrap-anywhere"
      >
        {namesText(machines)}
      </div>
    </details>
  )
}

/** The names, by group where there are several. */
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
