import { times } from '../rules/limits.ts'
import type { Machine, MachineInternal, Spec } from '../state/records.ts'

// What becomes of a machine: docs/bigv-api.md#power and #signals

/** The machine with some of what BigV does not show of it changed. */
export const withInternal = (machine: Machine, internal: Partial<MachineInternal>): Machine => ({
  ...machine,
  internal: { ...machine.internal, ...internal },
})

/** What a machine is set to have, which is what it gets at its next start. */
export const specOf = ({ cores, memory, hardware_profile }: Machine): Spec => ({
  cores,
  memory,
  hardware_profile,
})

const headCount = 40

/** A head to start on: another than the one it ran on last, so that a restart can be told from none, or the same one. */
const nextHead = (machine: Machine): string => {
  const { last_head, keeps_head } = machine.internal
  if (keeps_head && last_head !== null) return last_head
  const last = Number(last_head?.slice('head'.length) ?? machine.id)
  return `head${((last + (machine.id % 7)) % headCount) + 1}`
}

/** An unlocked virtio2011 becomes virtio2013 at a restart. */
const upgraded = (machine: Machine): Machine =>
  machine.hardware_profile === 'virtio2011' && !machine.hardware_profile_locked
    ? { ...machine, hardware_profile: 'virtio2013' }
    : machine

/** The machine running, with its pending changes applied. */
export const switchedOn = (machine: Machine): Machine => {
  const head = nextHead(machine)
  const ready = upgraded(machine)
  return withInternal(
    { ...ready, power_on: true, head },
    { running: specOf(ready), last_head: head, task: null },
  )
}

/** The running machine on that head, moved while it runs: its pending changes stay pending. */
export const moved = (machine: Machine, head: string): Machine =>
  withInternal({ ...machine, head }, { last_head: head })

/** The machine off, at once and whatever it was about to do. */
export const switchedOff = (machine: Machine): Machine =>
  withInternal({ ...machine, power_on: false, head: null }, { running: null, task: null })

/**
 * The machine with a start planned if BigV would start it by itself: it is off, and autoreboot_on. A start
 * that BigV planned by itself is dropped when autoreboot_on is false by then.
 */
export const planAutoreboot = (machine: Machine, now: number): Machine => {
  const { task } = machine.internal
  if (task?.kind === 'start' && task.why === 'autoreboot' && !machine.autoreboot_on)
    return withInternal(machine, { task: null })
  if (task || !machine.autoreboot_on || machine.power_on || machine.deleted) return machine
  const due = now + times.notice + times.start
  return withInternal(machine, { task: { kind: 'start', due, why: 'autoreboot' } })
}

/** The machine with a start planned that somebody asked for; nothing changes if it is on or starts already. */
const withRequestedStart = (machine: Machine, now: number): Machine => {
  const { task } = machine.internal
  if (machine.power_on || (task?.kind === 'start' && task.why === 'asked')) return machine
  return withInternal(machine, { task: { kind: 'start', due: now + times.start, why: 'asked' } })
}

type Flags = { power_on?: boolean; autoreboot_on?: boolean }

/**
 * The machine after a PUT of the two power flags: the whole truth table.
 * While a system is being installed the flags are wishes for afterwards only.
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
 * The machine deleted: off, and hidden unless asked for. It is still off when it is undeleted, so autoreboot_on is false:
 * docs/bigv-api.md#delete-undelete-purge
 */
export const deleted = (machine: Machine, now: number): Machine => {
  const deleted_at = machine.internal.deleted_at ?? now
  return withInternal({ ...switchedOff(machine), deleted: true, autoreboot_on: false }, { deleted_at })
}

/** The machine no longer deleted. */
export const undeleted = (machine: Machine): Machine =>
  withInternal({ ...machine, deleted: false }, { deleted_at: null })

/** Whether a deleted machine can still be undeleted. A state file of an older simulator does not say since when it is. */
export const canBeUndeleted = ({ internal: { deleted_at } }: Machine, now: number): boolean =>
  now - (deleted_at ?? now) <= times.undelete

/** Keys that are remembered per machine. */
const maxKeys = 1000

/** How long this guest takes to shut down, in milliseconds: not the same each time, but the same in every run. */
const shutdownTime = (machine: Machine): number => {
  const { min, max } = times.shutdown
  return min + ((machine.id * 7919 + machine.internal.powerdowns * 104_729) % (max - min))
}

/**
 * The machine after its ACPI power button was pressed: the guest shuts down after a while, unless it ignores the
 * button or is at it already.
 */
export const powerButtonPressed = (machine: Machine, now: number): Machine => {
  const { ignores_acpi, task, powerdowns } = machine.internal
  const pressed = withInternal(machine, { powerdowns: powerdowns + 1 })
  if (ignores_acpi || task) return pressed
  return withInternal(pressed, { task: { kind: 'shutdown', due: now + shutdownTime(machine) } })
}

/**
 * The machine after a reset: instant, in the same host process, so that pending changes stay pending, and power
 * and autoreboot_on as they were.
 */
export const resetPressed = (machine: Machine): Machine =>
  withInternal(machine, { resets: machine.internal.resets + 1, task: null })

/** The machine after it received those keys, joined by dashes. */
export const keysSent = (machine: Machine, data: string): Machine =>
  withInternal(machine, { keys: [...machine.internal.keys, data].slice(-maxKeys) })
