import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { Machine, PlannedRequest } from './action.ts'
import { onServer } from './cli.ts'
import { done, existing, isOff, isOn, minutes, power, put, running, signal, simpleAction } from './helpers.ts'

// BigV has no power verb: each action is a pair of attributes, or an ACPI signal with autoreboot_on set before it, which decides
// whether the machine comes back (docs/bigv-api.md#power).

export const start = simpleAction({
  name: 'start',
  label: 'Start',
  inProgress: 'Starting…',
  done: 'is running',
  menu: 'power',
  asks: 'nothing',
  loses: 'nothing',
  explains: 'Turns it on, and autoreboot_on with it: it comes back by itself when it powers off.',
  disabledReason: existing((vm) => (vm.power_on ? 'It is running already.' : null)),
  /** A plan starts the machine with autoreboot_on as it was before. */
  requests: ({ path }, params: { autoreboot_on: boolean } | void) => [
    put(path, { autoreboot_on: params?.autoreboot_on ?? true, power_on: true }),
  ],
  watch: { overdueAfter: minutes(1), isDone: isOn },
  isAchieved: (vm) => vm !== null && !vm.deleted && vm.power_on,
  accountsFor: power,
  powersOff: false,
  replaceable: true,
  cli: onServer('start server'),
  bulk: {
    explains: 'Turns each machine on, and autoreboot_on with it: it comes back by itself when it powers off.',
  },
})

export const stop = simpleAction({
  name: 'stop',
  label: 'Force stop',
  inProgress: 'Stopping…',
  done: 'is stopped',
  menu: 'forced',
  asks: 'to confirm',
  loses: 'unsaved data',
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

export const shutDown = simpleAction({
  name: 'shut_down',
  label: 'Shut down',
  inProgress: 'Shutting down…',
  done: 'has shut down',
  menu: 'graceful',
  asks: 'to confirm',
  loses: 'nothing',
  explains:
    'Presses the ACPI power button. The guest decides; usually it shuts down within a minute, and stays off.',
  disabledReason: running,
  requests: (machine) => [...autorebootFirst(machine, false), signal(machine.path, { signal: 'powerdown' })],
  watch: { overdueAfter: minutes(2), isDone: isOff },
  isAchieved: staysOff,
  accountsFor: power,
  powersOff: true,
  leavesOff: true,
  saysOfWaiting: (changes) => `Applied when it is on again: ${changes}.`,
  replaceable: true,
  ifIgnored: { now: () => stop, overdue: () => stop },
  cli: onServer('shutdown server'),
  bulk: {},
})

export const restart = simpleAction({
  name: 'restart',
  label: 'Restart',
  inProgress: 'Restarting…',
  done: 'was restarted and is running',
  menu: 'graceful',
  asks: 'to confirm',
  loses: 'nothing',
  explains: 'Presses the ACPI power button. When the guest has shut down, BigV turns the machine on again.',
  disabledReason: running,
  requests: (machine) => [...autorebootFirst(machine, true), signal(machine.path, { signal: 'powerdown' })],
  watch: {
    overdueAfter: minutes(3),
    // Another head does not count: a machine may be moved while it runs.
    isDone: ({ vm, seen }) => seen.offSeen && vm.power_on,
  },
  isAchieved: null,
  accountsFor: power,
  powersOff: true,
  saysOfWaiting: (changes) => `Applied by this: ${changes}.`,
  replaceable: true,
  ifIgnored: { now: () => stop, overdue: () => reboot },
  cli: onServer('restart server'),
  bulk: { rolls: true },
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

function autorebootFirst({ path, vm }: Machine, autoreboot_on: boolean): PlannedRequest[] {
  return vm.autoreboot_on === autoreboot_on ? [] : [put(path, { autoreboot_on })]
}

function staysOff(vm: VirtualMachine | null): boolean {
  return vm !== null && !vm.deleted && !vm.power_on && !vm.autoreboot_on
}
