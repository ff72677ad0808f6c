import { onServer } from './cli.ts'
import { existing, running, simpleAction } from './declare.ts'
import { reboot, stop } from './forced.ts'
import { isOff, isOn, minutes, power, staysOff } from './observation.ts'
import { put, signal, type PlannedRequest, type RequestTarget } from './requests.ts'

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
  alsoStarts: false,
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

export const shutDown = simpleAction({
  name: 'shut_down',
  label: 'Shut down',
  inProgress: 'Shutting down…',
  done: 'has shut down',
  menu: 'graceful',
  asks: 'to confirm',
  loses: 'nothing',
  alsoStarts: false,
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
  alsoStarts: false,
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

function autorebootFirst({ path, vm }: RequestTarget, autoreboot_on: boolean): PlannedRequest[] {
  return vm.autoreboot_on === autoreboot_on ? [] : [put(path, { autoreboot_on })]
}
