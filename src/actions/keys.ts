import { formAction, running } from './declare.ts'
import { nothing } from './observation.ts'
import { signal } from './requests.ts'

export const sendKeys = formAction({
  name: 'send_keys',
  label: 'Send keys',
  inProgress: null,
  done: 'was sent the keys',
  loses: 'nothing',
  disabledReason: running,
  /** One press: the keys, joined by dashes. */
  requests: ({ path }, press: string) => [signal(path, { signal: 'sendkey', data: press })],
  watch: null,
  accountsFor: nothing,
  powersOff: false,
  aside: true,
  // Keys may spell a password, so that their record is a count.
  recordedBody: (_, times) => ({ signal: 'sendkey', data: times === 1 ? '1 press' : `${times} presses` }),
  cli: null,
})
