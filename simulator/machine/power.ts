import { power } from '../rules/power.ts'
import { times } from '../rules/times.ts'
import type { Machine, MachineInside, Spec } from '../state/records.ts'

/** Returns the machine with some of what is inside it changed. */
export const withInside = (machine: Machine, inside: Partial<MachineInside>): Machine => ({
  ...machine,
  inside: { ...machine.inside, ...inside },
})

/** Returns what a machine is set to have, which is what it gets at its next start. */
export const specOf = ({ cores, memory, hardware_profile }: Machine): Spec => ({
  cores,
  memory,
  hardware_profile,
})

const headCount = 40

/** Returns a head to start on: never the one it ran on last, so that a restart can be told from none. [choice] */
const nextHead = (machine: Machine): string => {
  const last = Number(machine.inside.last_head?.slice('head'.length) ?? machine.id)
  return `head${((last + (machine.id % 7)) % headCount) + 1}`
}

/** An unlocked virtio2011 becomes virtio2013 at a restart. [docs] */
const upgraded = (machine: Machine): Machine =>
  machine.hardware_profile === 'virtio2011' && !machine.hardware_profile_locked
    ? { ...machine, hardware_profile: 'virtio2013' }
    : machine

/** Returns the machine running, on another head and with its pending changes applied. [docs] */
export const switchedOn = (machine: Machine): Machine => {
  const head = nextHead(machine)
  const ready = upgraded(machine)
  return withInside(
    { ...ready, power_on: true, head },
    { running: specOf(ready), last_head: head, task: null },
  )
}

/** Returns the machine off, at once and whatever it was about to do: the plug is pulled. [seed] */
export const switchedOff = (machine: Machine): Machine =>
  withInside({ ...machine, power_on: false, head: null }, { running: null, task: null })

/**
 * Returns the machine with a start planned if BigV would start it by itself: it is off, and autoreboot_on [seed]. A start
 * that BigV planned by itself is dropped when autoreboot_on is false by then.
 */
export const lookedAfter = (machine: Machine, now: number): Machine => {
  const { task } = machine.inside
  if (task?.kind === 'start' && task.why === 'autoreboot' && !machine.autoreboot_on)
    return withInside(machine, { task: null })
  if (task || !power.startsByItself.value(machine)) return machine
  const due = now + times.notice.value + times.start.value
  return withInside(machine, { task: { kind: 'start', due, why: 'autoreboot' } })
}

/** Returns the machine with a start planned that somebody asked for; nothing changes if it is on or starts already. */
const startAsked = (machine: Machine, now: number): Machine => {
  const { task } = machine.inside
  if (machine.power_on || (task?.kind === 'start' && task.why === 'asked')) return machine
  return withInside(machine, { task: { kind: 'start', due: now + times.start.value, why: 'asked' } })
}

type Flags = { power_on?: boolean; autoreboot_on?: boolean }

/**
 * Returns the machine after a PUT of the two power flags: the whole truth table. [seed]
 * While a system is being installed the flags are wishes for afterwards only.
 */
export const poweredAs = (machine: Machine, flags: Flags, now: number): Machine => {
  const flagged = { ...machine, autoreboot_on: flags.autoreboot_on ?? machine.autoreboot_on }
  const { task } = flagged.inside
  if (task?.kind === 'reimage') return flagged
  if (task?.kind === 'create')
    return withInside(flagged, { task: { ...task, start: flags.power_on ?? task.start } })
  const off = flags.power_on === false ? switchedOff(flagged) : flagged
  return lookedAfter(flags.power_on ? startAsked(off, now) : off, now)
}
