import { autorebootOn } from '../../actions/power.ts'
import type { Candidate, Forecast, ListedState } from '../../operations/batch/forecast.ts'
import { actionOf, taskLabel, type Task } from '../../operations/batch/task.ts'
import { yesNo } from '../../lib/text.ts'

interface Props {
  task: Task
  forecast: Forecast
  retry: boolean
}

const STATES: Record<ListedState, string> = {
  running: 'running',
  restarting: 'restarting',
  stopped: 'stopped',
  deleted: 'deleted',
}
/** What will happen to which machines, by their states, with their names. */
export function ForecastView({ task, forecast: { act, left, states, autoreboot }, retry }: Props) {
  const action = actionOf(task)
  const starts = action === autorebootOn
  const off = states.find(({ state }) => state === 'stopped')?.count ?? 0
  return (
    <div className="grid gap-2">
      {act.length > 0 && (
        <Names
          title={`${taskLabel(task)} ${act.length}`}
          more={states.map(({ state, count }) => `${count} ${STATES[state]}`).join(', ')}
          machines={act}
          open
        />
      )}
      {left.map(({ reason, words, machines }) => (
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
      {/* Their machines read the same before and after. */}
      {retry && action.isAchieved === undefined && act.length > 0 && (
        <p className="text-warn">
          Of those that got no answer, nobody can tell whether it was done already: it would be done twice.
        </p>
      )}
    </div>
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
