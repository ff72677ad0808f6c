import { onServer } from './cli.ts'
import { existing, running, simpleAction } from './declare.ts'
import { done, isOff, minutes, power, staysOff } from './observation.ts'
import { put, signal } from './requests.ts'

// The power actions that don't ask the guest (docs/bigv-api.md#power).

export const stop = simpleAction({
  name: 'stop',
  label: 'Force stop',
  inProgress: 'Stopping…',
  done: 'is stopped',
  menu: 'forced',
  asks: 'to confirm',
  loses: 'unsaved data',
  alsoStarts: false,
  explains:
    'Pulls the plug: the guest is not asked, and what it has not written to disc is lost. It stays off.',
  disabledReason: existing((vm) => (vm.power_on || vm.autoreboot_on ? null : 'It is stopped already.')),
  requests: ({ path }) => [put(path, { autoreboot_on: false, power_on: false })],
  watch: { overdueAfter: minutes(1), isDone: isOff },
  isAchieved: staysOff,
  accountsFor: power,
  powersOff: true,
  leavesOff: true,
  saysOfWaiting: (changes) => `Applied when it is on again: ${changes}.`,
  replaces: true,
  haltsPlan: true,
  cli: onServer('stop server'),
  bulk: { alreadySo: (one) => `${one ? 'is' : 'are'} stopped already` },
})

/** For how long a reboot's off moment is looked for before "on whenever it was fetched" counts as done. */
const OFF_MOMENT_MS = 20_000

export const reboot = simpleAction({
  name: 'reboot',
  label: 'Force reboot',
  inProgress: 'Rebooting…',
  done: 'was rebooted and is running',
  menu: 'forced',
  asks: 'to confirm',
  loses: 'unsaved data',
  alsoStarts: false,
  explains:
    'Cuts the power and turns it on again: the guest is not asked, and what it has not written to disc is lost.',
  disabledReason: running,
  requests: ({ path }) => [put(path, { autoreboot_on: true, power_on: false })],
  watch: {
    overdueAfter: minutes(1),
    isDone({ at, vm, seen }) {
      if (!vm.power_on) return false
      // Another head is as good as having seen it off: the PUT turned it off for certain.
      if (seen.offSeen || seen.headMoved) return true
      const long = at - seen.answeredAt >= OFF_MOMENT_MS && seen.timesSeenOn > 1
      return long && done('The off moment was not seen.')
    },
  },
  isAchieved: null,
  accountsFor: power,
  powersOff: true,
  saysOfWaiting: (changes) => `Applied by this: ${changes}.`,
  replaceable: true,
  cli: null,
  bulk: { rolls: true },
})

export const reset = simpleAction({
  name: 'reset',
  label: 'Reset',
  inProgress: 'Resetting…',
  done: 'was reset',
  menu: 'forced',
  asks: 'to confirm',
  loses: 'unsaved data',
  alsoStarts: false,
  explains:
    'Presses the reset button: the guest is not asked, and what it has not written to disc is lost. Changes of cores, memory or hardware profile that wait for a restart are not applied.',
  disabledReason: running,
  requests: ({ path }) => [signal(path, { signal: 'reset' })],
  watch: null,
  isAchieved: null,
  accountsFor: power,
  powersOff: false,
  saysOfWaiting: (changes) => `Not applied by this: ${changes}. It still waits for a restart.`,
  replaces: true,
  cli: onServer('reset server'),
  bulk: {},
})
