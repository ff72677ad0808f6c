import type { Recorded } from './action.ts'
import { formAction, running } from './declare.ts'
import { nothing } from './observation.ts'
import { signal } from './requests.ts'

export const sendKeys = formAction({
  name: 'send_keys',
  urgent: true,
  label: 'Send keys',
  inProgress: null,
  done: (name) => `Keys sent to ${name}`,
  doneMany: (count) => `Keys sent to ${count} machines`,
  menu: 'graceful',
  loses: 'nothing',
  disabledReason: running,
  /** `press`: the keys to press together, joined by dashes. */
  requests: ({ path }, press: string) => [signal(path, { signal: 'sendkey', data: press })],
  watch: null,
  accountsFor: nothing,
  powersOff: false,
  blocksNothing: true,
  // Keys may spell a password, so only their number is recorded.
  recordedBody: (_, times) => ({ signal: 'sendkey', data: times === 1 ? '1 press' : `${times} presses` }),
  progressText(record, unclear) {
    const { sent, of } = pressesIn(record) ?? { sent: 0, of: 0 }
    const count = `${sent} of ${of} ${of === 1 ? 'key press was' : 'key presses were'} sent.`
    return unclear
      ? `${count} Key press ${sent + 1} may or may not have arrived; it isn’t sent again.`
      : count
  },
  cli: null,
})

/**
 * How many key presses BigV has accepted (`sent`) and how many there are (`of`), from an operation's record. Null if the operation sends no
 * keys.
 */
export function pressesIn({ expects, steps }: Recorded): { sent: number; of: number } | null {
  const of = expects?.['presses']
  return typeof of === 'number' ? { sent: steps.reduce((sum, { times = 0 }) => sum + times, 0), of } : null
}
