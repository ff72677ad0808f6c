import { redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { bind, type BoundAction } from './action.ts'
import { onServer } from './cli.ts'
import { simpleAction, switchedOff } from './declare.ts'
import { done, everything, minutes } from './observation.ts'
import { put } from './requests.ts'

export const rescue = simpleAction({
  name: 'rescue',
  urgent: true,
  label: 'Start rescue',
  inProgress: 'Starting rescue…',
  done: (name) => `${name} is running`,
  menu: null,
  confirmation: 'dialog',
  loses: 'nothing',
  alsoStarts: false,
  explains:
    'Boots once into BigV’s rescue system so you can repair the machine. Older versions of BigV boot normally instead; you’ll see which happened.',
  // The machine has to be off, so that its next boot is into the rescue system (the official client shuts it down first).
  disabledReason: switchedOff('start the rescue system'),
  // The body that the official client sends (docs/bigv-api.md#13-traffic-of-the-official-client).
  requests: ({ path }) => [
    put(path, { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }),
  ],
  checkAnswer: ({ vm }) => done(applianceIn(vm)),
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
    done: (name) => `${name} started for rescue`,
    verb: 'rescue',
    startsAgain: false,
    confirmation: {
      title: (name) => `Shut down ${name} and start its rescue system?`,
      explains:
        'Presses the ACPI power button, waits until the machine is off, and boots it once into BigV’s rescue system. Older versions of BigV boot normally instead; you’ll see which happened.',
    },
    serialize: () => ({}),
    restore: (): BoundAction => bind(rescue),
    step: () => 'Start the rescue system',
    made: 'BigV was asked to boot the rescue system.',
    notMade: 'The rescue system was not started.',
    unclear: 'BigV may or may not have started the rescue system.',
  },
})

/** An older BigV silently ignores the appliance (docs/bigv-api.md#1-basics). */
function applianceIn(vm: VirtualMachine | undefined): string {
  if (vm === undefined) return 'BigV didn’t say what the machine booted from.'
  const appliance = vm['appliance'] ?? null
  return appliance === null
    ? 'This BigV server doesn’t have the rescue system, so the machine booted normally.'
    : `BigV booted the machine into this system: ${JSON.stringify(redacted(appliance))}.`
}
