import { redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { bind, type BoundAction } from './action.ts'
import { onServer } from './cli.ts'
import {
  done,
  everything,
  formAction,
  minutes,
  put,
  running,
  signal,
  simpleAction,
  switchedOff,
} from './helpers.ts'

// For a machine that does not boot: BigV's rescue system, and keys typed at its console.

export const rescue = simpleAction({
  name: 'rescue',
  label: 'Start rescue',
  inProgress: 'Starting rescue…',
  done: 'is running',
  menu: null,
  asks: 'to confirm',
  loses: 'nothing',
  explains:
    'Starts it once with BigV’s rescue system instead of its own, to mend what keeps it from booting. An older BigV ignores that, and starts it as usual: what came back is shown.',
  // It has to be off, for the rescue system to be what it starts with (official client: it shuts it down first).
  disabledReason: switchedOff('start the rescue system'),
  // As the official client sends it (docs/bigv-api.md#13-traffic-of-the-official-client).
  requests: ({ path }) => [
    put(path, { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }),
  ],
  readsAnswer: ({ vm }) => done(applianceIn(vm)),
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm, seen }) => vm.power_on && done(seen.said),
  },
  isAchieved: null,
  accountsFor: everything,
  powersOff: false,
  cli: onServer('restart server --rescue'),
  bulk: null,
  guided: {
    title: 'Shut down, start rescue',
    done: 'was started for rescue',
    verb: 'rescue',
    startsAgain: false,
    asks: {
      title: (name) => `Shut down ${name} and start its rescue system?`,
      explains:
        'Presses the ACPI power button, waits until the machine is seen off, and starts it once with BigV’s rescue system. An older BigV ignores that, and starts it as usual: what came back is shown.',
    },
    keep: () => ({}),
    restore: (): BoundAction => bind(rescue),
    step: () => 'Start the rescue system',
    made: 'The rescue system was asked for.',
    notMade: 'The rescue system was not started.',
    unclear: 'Whether the rescue system was started is not known.',
  },
})

/** An older BigV drops the appliance silently (docs/bigv-api.md#1-basics). */
function applianceIn(vm: VirtualMachine | undefined): string {
  if (vm === undefined) return 'BigV did not say what it started.'
  const appliance = vm['appliance'] ?? null
  return appliance === null
    ? 'BigV’s answer names no appliance: it is an older one, which ignores it and has started the machine as usual.'
    : `BigV’s answer has the appliance ${JSON.stringify(redacted(appliance))}.`
}

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
  accountsFor: () => false,
  powersOff: false,
  blocksNothing: true,
  // Keys may spell a password, so that their record is a count.
  recordedBody: (_, times) => ({ signal: 'sendkey', data: times === 1 ? '1 press' : `${times} presses` }),
  cli: null,
})
