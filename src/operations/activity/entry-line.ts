import { actions, pageOf } from '../../actions/index.ts'
import { links } from '../../lib/links.ts'
import { countOf } from '../../lib/units.ts'
import { planTitle } from '../plan.ts'
import { changeInWords, windowInWords } from './changes-elsewhere/change.ts'
import { STATUSES, type ActivityEntry } from './timeline.ts'

/** An entry of the activity in one line. */
export interface EntryLine {
  key: string
  at: number
  /** What was done, or what changed elsewhere: "Start", "memory 1 GiB → 2 GiB". */
  title: string
  /** The name of the machine, group, user or privilege, and the page about it. */
  name: string
  to: string
  /** What else is worth a line: a remark on the outcome, the progress of a plan, or the group. */
  detail: string
  label: string
  tone: (typeof STATUSES)[keyof typeof STATUSES]['tone']
  /** How long it took, in ms; null while it is running. Undefined for a change made elsewhere, as nobody knows. */
  took: number | null | undefined
}

export function lineOf(entry: ActivityEntry): EntryLine {
  if ('change' in entry) {
    const { change, at } = entry
    const { key, account, group, id, name } = change
    return {
      key,
      at,
      title: changeInWords(change),
      name,
      to: links.machine({ account, group }, id),
      detail: windowInWords(change),
      label: 'Changed elsewhere',
      tone: 'quiet',
      took: undefined,
    }
  }
  const { label, tone } = STATUSES[entry.kind]
  const of = 'plan' in entry ? entry.plan : entry.operation
  const { key, target, begunAt, endedAt } = of
  return {
    key,
    at: begunAt,
    title: 'plan' in entry ? planTitle(entry.plan) : actions[entry.operation.action].label,
    name: target.name,
    to: 'plan' in entry ? links.machine(entry.plan.target, entry.plan.target.id) : pageOf(entry.operation),
    detail: of.note || ('plan' in entry ? stepsInWords(entry.plan.steps) : target.group),
    label,
    tone,
    took: endedAt === null ? null : endedAt - begunAt,
  }
}

function stepsInWords(steps: readonly { done: boolean }[]): string {
  return `${steps.filter(({ done }) => done).length} of ${countOf(steps.length, 'step')}`
}

/** True if every word of the search is in what the entry names: its action, its machine, or the actions of its plan. */
export function isFound(entry: ActivityEntry, search: string): boolean {
  const { title, name } = lineOf(entry)
  const within = 'plan' in entry ? entry.operations.map(({ action }) => actions[action].label) : []
  const text = [title, name, ...within].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
