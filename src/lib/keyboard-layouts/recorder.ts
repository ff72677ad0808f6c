import { keyOfCode, keyPhrase } from './keys.ts'

/** What there is to know of a KeyboardEvent. */
export interface KeyEvent {
  type: 'down' | 'up'
  code: string
  key: string
  repeat: boolean
  /** ms, of any clock. */
  at: number
}

/** What is held at the moment, and since when; whether it was part of a chord already. */
export interface Recording {
  held: readonly { name: string; at: number }[]
  used: boolean
}

/** What an event came to: a chord to add, or why none can be. */
export interface Recorded {
  recording: Recording
  press?: string
  problem?: string
}

/** Nothing is held. */
export const NOTHING_HELD: Recording = { held: [], used: false }

const MODIFIER = /^(?:shift|alt|altgr|ctrl)(?:_r)?$/
/** Windows presses the left Ctrl itself, just before an AltGr. */
const FAKE_CTRL_MS = 20

/**
 * What is held after the next event, with the chord that it makes: a key with the modifiers held, or, when they are let go with no other key, the modifiers alone. A key that
 * repeats because it is held counts once. Uses names of the definitions only.
 */
export function record(recording: Recording, event: KeyEvent, names: ReadonlySet<string>): Recorded {
  const name = keyOfCode(event.code)
  if (event.repeat) return { recording }
  if (name === null || !names.has(name)) {
    if (event.type === 'up') return { recording }
    return { recording: { ...recording, used: true }, problem: problemOf(name) }
  }
  if (!MODIFIER.test(name)) {
    if (event.type === 'up') return { recording }
    const held = recording.held.map((each) => each.name)
    return { recording: { ...recording, used: true }, press: [...held, name].join('-') }
  }
  const others = recording.held.filter((each) => each.name !== name)
  if (event.type === 'down') {
    const real = event.key === 'AltGraph' ? others.filter((each) => !isFake(each, event.at)) : others
    return { recording: { held: [...real, { name, at: event.at }], used: false } }
  }
  const alone = recording.used || others.length === recording.held.length ? null : recording.held
  return {
    recording: { held: others, used: true },
    ...(alone && { press: alone.map((each) => each.name).join('-') }),
  }
}

function isFake({ name, at }: Recording['held'][number], now: number): boolean {
  return name === 'ctrl' && now - at < FAKE_CTRL_MS
}

function problemOf(name: string | null): string {
  return name === null
    ? 'That key press does not say which key it was.'
    : `BigV has no name for ${keyPhrase(name)}.`
}
