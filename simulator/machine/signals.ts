import { times } from '../rules/times.ts'
import type { Machine } from '../state/records.ts'
import { withInside } from './power.ts'

/** Keys that are remembered per machine. */
const keysKept = 1000

/** Returns how long this guest takes to shut down, in milliseconds: not the same each time, but the same in every run. */
const shutdownTime = (machine: Machine): number => {
  const { min, max } = times.shutdown.value
  return min + ((machine.id * 7919 + machine.inside.powerdowns * 104_729) % (max - min))
}

/**
 * Returns the machine after its ACPI power button was pressed: the guest shuts down after a while, unless it ignores the
 * button or is at it already. [docs]
 */
export const powerButtonPressed = (machine: Machine, now: number): Machine => {
  const { ignores_acpi, task, powerdowns } = machine.inside
  const pressed = withInside(machine, { powerdowns: powerdowns + 1 })
  if (ignores_acpi || task) return pressed
  return withInside(pressed, { task: { kind: 'shutdown', due: now + shutdownTime(machine) } })
}

/**
 * Returns the machine after a reset: instant, in the same host process, so that pending changes stay pending, and power
 * and autoreboot_on as they were. [docs]
 */
export const resetPressed = (machine: Machine): Machine =>
  withInside(machine, { resets: machine.inside.resets + 1, task: null })

/** Returns the machine after it received those keys, joined by dashes. [seed] */
export const keysSent = (machine: Machine, data: string): Machine =>
  withInside(machine, { keys: [...machine.inside.keys, data].slice(-keysKept) })
