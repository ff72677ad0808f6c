import { times } from '../rules/limits.ts'
import type { Machine, MachineInternal, Spec } from '../state/records.ts'

// Power flags and signals: docs/bigv-api.md#power and #signals. A function that changes a machine returns a changed copy.

/** Changes some of the properties that BigV does not show. */
export const withInternal = (machine: Machine, internal: Partial<MachineInternal>): Machine => ({
  ...machine,
  internal: { ...machine.internal, ...internal },
})

/** The hardware that the machine gets at its next start. */
export const specOf = ({ cores, memory, hardware_profile }: Machine): Spec => ({
  cores,
  memory,
  hardware_profile,
})

const headCount = 40

/** The head for the next start: a new one, so that a restart can be seen, or the last one with `keeps_head`. */
const nextHead = (machine: Machine): string => {
  const { last_head, keeps_head } = machine.internal
  if (keeps_head && last_head !== null) return last_head
  const last = Number(last_head?.slice('head'.length) ?? machine.id)
  return `head${((last + (machine.id % 7)) % headCount) + 1}`
}

/** At a restart, an unlocked virtio2011 becomes virtio2013. */
const upgraded = (machine: Machine): Machine =>
  machine.hardware_profile === 'virtio2011' && !machine.hardware_profile_locked
    ? { ...machine, hardware_profile: 'virtio2013' }
    : machine

/** Turns the machine on, and applies its pending changes. */
export const switchedOn = (machine: Machine): Machine => {
  const head = nextHead(machine)
  const ready = upgraded(machine)
  return withInternal(
    { ...ready, power_on: true, head },
    { running: specOf(ready), last_head: head, task: null },
  )
}

/** Moves a running machine to another head. Its pending changes stay pending. */
export const moved = (machine: Machine, head: string): Machine =>
  withInternal({ ...machine, head }, { last_head: head })

/** Turns the machine off at once, and cancels its task. */
export const switchedOff = (machine: Machine): Machine =>
  withInternal({ ...machine, power_on: false, head: null }, { running: null, task: null })

/**
 * Plans an automatic start if the machine is off and autoreboot_on is true. Cancels one that is planned if autoreboot_on has
 * become false.
 */
export const planAutoreboot = (machine: Machine, now: number): Machine => {
  const { task } = machine.internal
  if (task?.kind === 'start' && task.why === 'autoreboot' && !machine.autoreboot_on)
    return withInternal(machine, { task: null })
  if (task || !machine.autoreboot_on || machine.power_on || machine.deleted) return machine
  const due = now + times.notice + times.start
  return withInternal(machine, { task: { kind: 'start', due, why: 'autoreboot' } })
}

/** Plans a start that a user requested, unless the machine is on or such a start is planned already. */
const withRequestedStart = (machine: Machine, now: number): Machine => {
  const { task } = machine.internal
  if (machine.power_on || (task?.kind === 'start' && task.why === 'asked')) return machine
  return withInternal(machine, { task: { kind: 'start', due: now + times.start, why: 'asked' } })
}

type Flags = { power_on?: boolean; autoreboot_on?: boolean }

/**
 * Applies a PUT of the power flags: the truth table of docs/bigv-api.md#power. While a system is being installed, the flags
 * take effect afterwards.
 */
export const setPower = (machine: Machine, flags: Flags, now: number): Machine => {
  const flagged = { ...machine, autoreboot_on: flags.autoreboot_on ?? machine.autoreboot_on }
  const { task } = flagged.internal
  if (task?.kind === 'reimage') return flagged
  if (task?.kind === 'create')
    return withInternal(flagged, { task: { ...task, start: flags.power_on ?? task.start } })
  const off = flags.power_on === false ? switchedOff(flagged) : flagged
  return planAutoreboot(flags.power_on ? withRequestedStart(off, now) : off, now)
}

/**
 * Deletes the machine and turns it off. Also turns autoreboot_on off, since an undeleted machine stays off:
 * docs/bigv-api.md#delete-undelete-purge
 */
export const deleted = (machine: Machine, now: number): Machine => {
  const deleted_at = machine.internal.deleted_at ?? now
  return withInternal({ ...switchedOff(machine), deleted: true, autoreboot_on: false }, { deleted_at })
}

/** Undeletes the machine. */
export const undeleted = (machine: Machine): Machine =>
  withInternal({ ...machine, deleted: false }, { deleted_at: null })

/** True while a deleted machine can be undeleted, also if an older state file does not say when it was deleted. */
export const canBeUndeleted = ({ internal: { deleted_at } }: Machine, now: number): boolean =>
  now - (deleted_at ?? now) <= times.undelete

/** How many keys are recorded for a machine. Beyond this number, the oldest are forgotten. */
const maxKeys = 1000

/** Milliseconds until this guest has shut down. They vary from shutdown to shutdown, but are the same in every run. */
const shutdownTime = (machine: Machine): number => {
  const { min, max } = times.shutdown
  return min + ((machine.id * 7919 + machine.internal.powerdowns * 104_729) % (max - min))
}

/**
 * Presses the ACPI power button: the guest shuts down after a while, unless it ignores the button or has another task.
 */
export const powerButtonPressed = (machine: Machine, now: number): Machine => {
  const { ignores_acpi, task, powerdowns } = machine.internal
  const pressed = withInternal(machine, { powerdowns: powerdowns + 1 })
  if (ignores_acpi || task) return pressed
  return withInternal(pressed, { task: { kind: 'shutdown', due: now + shutdownTime(machine) } })
}

/**
 * Resets the machine at once, within the same host process: pending changes stay pending, and power and autoreboot_on stay
 * as they are.
 */
export const resetPressed = (machine: Machine): Machine =>
  withInternal(machine, { resets: machine.internal.resets + 1, task: null })

/** Records keys that the machine received, joined by dashes. */
export const keysSent = (machine: Machine, data: string): Machine =>
  withInternal(machine, { keys: [...machine.internal.keys, data].slice(-maxKeys) })
