import { actions } from '../../actions/index.ts'
import { atWhen, formatWhen } from '../../lib/times.ts'
import { changeInWords, type ChangeElsewhere } from '../../operations/activity/changes-elsewhere/change.ts'
import type { Segment } from '../../operations/activity/seen/history.ts'
import { changesIn } from '../../operations/activity/seen/picture.ts'
import type { Operation } from '../../operations/operation.ts'

/** A change of a machine, or an action on it. */
export interface TimelineEvent {
  key: string
  at: number
  text: string
  /** When it happened, in words. */
  when: string
  /** True for an action of this session. */
  own: boolean
  /** For its mark. */
  title: string
}

interface Sources {
  id: number
  segments: readonly Segment[]
  operations: readonly Operation[]
  elsewhere: readonly ChangeElsewhere[]
}

/** Changes that the timeline's own spans show, too. */
const SPANNED: ReadonlySet<ChangeElsewhere['what']> = new Set(['power_on', 'head', 'deleted', 'there'])

/** What happened to a machine, newest first: this session's actions, and the changes that were seen. */
export function eventsOf({ id, segments, operations, elsewhere }: Sources): TimelineEvent[] {
  const own = operations
    .filter(({ target, phase }) => target.id === id && phase !== 'checking')
    .map(({ key, action, begunAt, phase, outcome }) => {
      const status = outcome ?? (phase === 'queued' ? 'queued' : 'running')
      return event({
        key,
        at: begunAt,
        text: `${actions[action].label}: ${status}`,
        when: formatWhen(begunAt),
        own: true,
      })
    })
  const others = elsewhere.filter((change) => change.id === id)
  const seen = changesIn(segments).map(({ after, at, text }) => {
    const isElsewhere = others.some(
      ({ what, after_ms, before_ms }) => SPANNED.has(what) && before_ms >= after && after_ms <= at,
    )
    return event({
      key: `seen-${at}`,
      at,
      text: isElsewhere ? `${text}, changed elsewhere` : text,
      when: windowOf(after, at),
      own: false,
    })
  })
  const further = others
    .filter(({ what }) => !SPANNED.has(what))
    .map((change) =>
      event({
        key: change.key,
        at: change.before_ms,
        text: `${capital(changeInWords(change))}, changed elsewhere`,
        when: windowOf(change.after_ms, change.before_ms),
        own: false,
      }),
    )
  return [...own, ...seen, ...further].toSorted((a, b) => b.at - a.at)
}

function windowOf(after: number, at: number): string {
  return `between ${formatWhen(after)} and ${formatWhen(at)}`
}

function event(given: Omit<TimelineEvent, 'title'>): TimelineEvent {
  return { ...given, title: given.own ? `${given.text}, ${atWhen(given.at)}` : `${given.text} ${given.when}` }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
