import { onServer } from './cli.ts'
import { existing, powerCut, running, simpleAction } from './declare.ts'
import { done, isOff, minutes, power, staysOff } from './observation.ts'
import { put, signal } from './requests.ts'

// The power actions that don't ask the guest (docs/bigv-api.md#power).

export const stop = simpleAction({
  name: 'stop',
  urgent: true,
  label: 'Force stop',
  inProgress: 'Stopping…',
  done: (name) => `${name} is stopped`,
  doneMany: (count) => `${count} machines are stopped`,
  menu: 'forced',
  confirmation: 'dialog',
  loses: 'unsaved data',
  loss: powerCut,
  alsoStarts: false,
  explains: 'Cuts the power at once. The machine stays off.',
  disabledReason: existing((vm) => (vm.power_on || vm.autoreboot_on ? null : 'Already stopped.')),
  requests: ({ path }) => [put(path, { autoreboot_on: false, power_on: false })],
  watch: { overdueAfter: minutes(1), isDone: isOff },
  isAchieved: staysOff,
  accountsFor: power,
  powersOff: true,
  leavesOff: true,
  pendingText: (changes) => `Takes effect when the machine is next turned on: ${changes}.`,
  replaces: true,
  haltsPlan: true,
  cli: onServer('stop server'),
  bulk: { skippedText: 'already stopped' },
})

/** A fetch may miss the short time that a rebooting machine is off. After this many ms, "on at every fetch" counts as done. */
const OFF_MOMENT_MS = 20_000

export const reboot = simpleAction({
  name: 'reboot',
  urgent: true,
  label: 'Force reboot',
  inProgress: 'Rebooting…',
  done: (name) => `${name} rebooted and is running`,
  doneMany: (count) => `${count} machines rebooted and are running`,
  menu: 'forced',
  confirmation: 'dialog',
  loses: 'unsaved data',
  loss: powerCut,
  alsoStarts: false,
  explains: 'Cuts the power at once and turns the machine back on.',
  disabledReason: running,
  requests: ({ path }) => [put(path, { autoreboot_on: true, power_on: false })],
  watch: {
    overdueAfter: minutes(1),
    needsOffMoment: true,
    isDone({ at, vm, seen }) {
      if (!vm.power_on) return false
      // Another head also proves the reboot: the PUT certainly turned the machine off.
      if (seen.offSeen || seen.headMoved) return true
      const long = at - seen.answeredAt >= OFF_MOMENT_MS && seen.timesSeenOn > 1
      return long && done('The machine wasn’t seen off in between.')
    },
  },
  isAchieved: null,
  accountsFor: power,
  powersOff: true,
  pendingText: (changes) => `This also applies the waiting change: ${changes}.`,
  replaceable: true,
  cli: null,
  bulk: { canRoll: true },
})

export const reset = simpleAction({
  name: 'reset',
  urgent: true,
  label: 'Reset',
  inProgress: 'Resetting…',
  done: (name) => `${name} was reset`,
  doneMany: (count) => `${count} machines were reset`,
  menu: 'forced',
  confirmation: 'dialog',
  loses: 'unsaved data',
  loss: powerCut,
  alsoStarts: false,
  explains:
    'Presses the reset button. Changes to cores, memory or hardware profile keep waiting for a restart.',
  disabledReason: running,
  requests: ({ path }) => [signal(path, { signal: 'reset' })],
  watch: null,
  isAchieved: null,
  accountsFor: power,
  powersOff: false,
  pendingText: (changes) => `This doesn’t apply the waiting change: ${changes}. That needs a restart.`,
  replaces: true,
  cli: onServer('reset server'),
  bulk: {},
})
