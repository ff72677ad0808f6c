import { redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { formAction, simpleAction, type Machine, type PlannedRequest, type Observation } from './action.ts'
import { onServer } from './cli.ts'
import {
  done,
  everything,
  existing,
  isOff,
  isOn,
  minutes,
  notDeleted,
  power,
  put,
  running,
  signal,
  switchedOff,
} from './helpers.ts'

// BigV has no power verb: each action is a pair of attributes, or an ACPI signal with autoreboot_on set before it, which decides
// whether the machine comes back (seed document, "Power").

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
  watch: {
    overdueAfter: minutes(1),
    isDone: isOn,
  },
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
  watch: {
    overdueAfter: minutes(1),
    isDone: isOff,
  },
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
  watch: {
    overdueAfter: minutes(2),
    isDone: isOff,
  },
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

/** For how long a reboot's off moment is looked for before "on at every reading" counts as done. */
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
    isDone({ at, vm, seen }: Observation) {
      if (!vm.power_on) return false
      // Another head is as good as having seen it off: the PUT turned it off for certain.
      if (seen.offSeen || seen.headMoved) return true
      const long = at - seen.answeredAt >= OFF_MOMENT_MS && seen.onReadings > 1
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

export const autorebootOn = simpleAction({
  name: 'autoreboot_on',
  label: 'Turn autoreboot on',
  inProgress: null,
  done: 'has the new autoreboot_on',
  menu: 'autoreboot',
  asks: 'nothing',
  loses: 'nothing',
  explains: 'It comes back on by itself whenever it powers off. BigV starts it if it is off.',
  disabledReason: notDeleted,
  requests: ({ path }) => [put(path, { autoreboot_on: true })],
  watch: {
    overdueAfter: minutes(1),
    isDone: () => true,
  },
  isAchieved: (vm) => vm !== null && !vm.deleted && vm.autoreboot_on,
  accountsFor: power,
  powersOff: false,
  cli: null,
  bulk: {
    menu: 'Autoreboot on',
    title: 'Turn autoreboot on for',
    explains: 'Each machine comes back on by itself whenever it powers off. BigV starts those that are off.',
    alreadySo: (one) => `${one ? 'has' : 'have'} it on already`,
  },
})

export const autorebootOff = simpleAction({
  ...autorebootOn,
  name: 'autoreboot_off',
  label: 'Turn autoreboot off',
  explains: 'It stays off once it powers off.',
  requests: ({ path }) => [put(path, { autoreboot_on: false })],
  isAchieved: (vm) => vm !== null && !vm.deleted && !vm.autoreboot_on,
  bulk: {
    menu: 'Autoreboot off',
    title: 'Turn autoreboot off for',
    explains: 'Each machine stays off once it powers off.',
    alreadySo: (one) => `${one ? 'has' : 'have'} it off already`,
  },
})

/** The action that sets autoreboot_on to this. */
export const autorebootTo = (on: boolean): typeof autorebootOn | typeof autorebootOff =>
  on ? autorebootOn : autorebootOff

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
  // As the official client sends it (API reference, "Traffic of the official client").
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
    step: () => 'Start the rescue system',
    verb: 'rescue',
    done: 'was started for rescue',
    startsAgain: false,
    made: 'The rescue system was asked for.',
    notMade: 'The rescue system was not started.',
    unclear: 'Whether the rescue system was started is not known.',
  },
})

/** An older BigV drops the appliance silently (API reference, "Basics"). */
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
  aside: true,
  cli: null,
})

function autorebootFirst({ path, vm }: Machine, autoreboot_on: boolean): PlannedRequest[] {
  return vm.autoreboot_on === autoreboot_on ? [] : [put(path, { autoreboot_on })]
}

function staysOff(vm: VirtualMachine | null): boolean {
  return vm !== null && !vm.deleted && !vm.power_on && !vm.autoreboot_on
}
