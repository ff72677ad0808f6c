import { onServer } from './cli.ts'
import { existing, running, simpleAction } from './declare.ts'
import { reboot, stop } from './forced.ts'
import { isOff, isOn, minutes, power, staysOff } from './observation.ts'
import { put, signal, type PlannedRequest, type RequestTarget } from './requests.ts'

// BigV has no power verb. An action either sets two attributes, or sets autoreboot_on and then sends an ACPI signal. autoreboot_on decides
// whether the machine turns back on (docs/bigv-api.md#power).

export const start = simpleAction({
  name: 'start',
  urgent: true,
  label: 'Start',
  inProgress: 'Starting…',
  done: (name) => `${name} is running`,
  doneMany: (count) => `${count} machines are running`,
  menu: 'power',
  confirmation: 'none',
  loses: 'nothing',
  alsoStarts: false,
  explains: 'Turns the machine on. It then restarts automatically whenever it powers off.',
  disabledReason: existing((vm) => (vm.power_on ? 'Already running.' : null)),
  /** When a plan starts the machine again, it gives autoreboot_on the value from before the plan. */
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
    explains: 'Turns each machine on. It then restarts automatically whenever it powers off.',
  },
})

export const shutDown = simpleAction({
  name: 'shut_down',
  urgent: true,
  label: 'Shut down',
  inProgress: 'Shutting down…',
  done: (name) => `${name} has shut down`,
  doneMany: (count) => `${count} machines have shut down`,
  menu: 'graceful',
  confirmation: 'dialog',
  loses: 'nothing',
  alsoStarts: false,
  explains:
    'Presses the ACPI power button, which the guest may ignore. Once the guest has shut down, the machine stays off.',
  disabledReason: running,
  requests: (machine) => [...autorebootFirst(machine, false), signal(machine.path, { signal: 'powerdown' })],
  watch: { overdueAfter: minutes(2), isDone: isOff },
  isAchieved: staysOff,
  accountsFor: power,
  powersOff: true,
  leavesOff: true,
  pendingText: (changes) => `Takes effect when the machine is next turned on: ${changes}.`,
  replaceable: true,
  ifIgnored: { now: () => stop, overdue: () => stop },
  cli: onServer('shutdown server'),
  bulk: {},
})

export const restart = simpleAction({
  name: 'restart',
  urgent: true,
  label: 'Restart',
  inProgress: 'Restarting…',
  done: (name) => `${name} restarted and is running`,
  doneMany: (count) => `${count} machines restarted and are running`,
  menu: 'graceful',
  confirmation: 'dialog',
  loses: 'nothing',
  alsoStarts: false,
  explains:
    'Presses the ACPI power button, which the guest may ignore. Once the guest has shut down, BigV turns the machine back on.',
  disabledReason: running,
  requests: (machine) => [...autorebootFirst(machine, true), signal(machine.path, { signal: 'powerdown' })],
  watch: {
    overdueAfter: minutes(3),
    // A changed head proves nothing here: BigV may move a running machine to another head.
    isDone: ({ vm, seen }) => seen.offSeen && vm.power_on,
    needsOffMoment: true,
    unseenNote: ({ vm, seen }) =>
      `No restart was seen within 3 min: the guest may have ignored the power button, or restarted unseen.${seen.headMoved ? ` It’s now on ${vm.head}.` : ''}`,
  },
  isAchieved: null,
  accountsFor: power,
  powersOff: true,
  pendingText: (changes) => `This also applies the waiting change: ${changes}.`,
  replaceable: true,
  ifIgnored: { now: () => stop, overdue: () => reboot },
  cli: onServer('restart server'),
  bulk: { canRoll: true },
})

function autorebootFirst({ path, vm }: RequestTarget, autoreboot_on: boolean): PlannedRequest[] {
  return vm.autoreboot_on === autoreboot_on ? [] : [put(path, { autoreboot_on })]
}
