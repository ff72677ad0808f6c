import { notDeleted, simpleAction } from './declare.ts'
import { minutes, power } from './observation.ts'
import { put, type PlannedRequest } from './requests.ts'

export const autorebootOn = simpleAction({
  name: 'autoreboot_on',
  label: 'Turn on automatic restart',
  inProgress: null,
  done: (name) => `Automatic restart turned on for ${name}`,
  doneMany: (count) => `Automatic restart turned on for ${count} machines`,
  menu: 'autoreboot',
  confirmation: 'none',
  loses: 'nothing',
  alsoStarts: true,
  explains: 'The machine restarts automatically whenever it powers off. If it is off now, BigV starts it.',
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
    menu: 'Automatic restart on',
    title: 'Turn on automatic restart for',
    explains:
      'Each machine restarts automatically whenever it powers off. BigV starts those that are off now.',
    skippedText: 'already on',
  },
})

export const autorebootOff = simpleAction({
  ...autorebootOn,
  name: 'autoreboot_off',
  label: 'Turn off automatic restart',
  done: (name) => `Automatic restart turned off for ${name}`,
  doneMany: (count) => `Automatic restart turned off for ${count} machines`,
  alsoStarts: false,
  explains: 'If the machine powers off, it stays off.',
  requests: ({ path }) => [put(path, { autoreboot_on: false })],
  isAchieved: (vm) => vm !== null && !vm.deleted && !vm.autoreboot_on,
  bulk: {
    menu: 'Automatic restart off',
    title: 'Turn off automatic restart for',
    explains: 'If a machine powers off, it stays off.',
    skippedText: 'already off',
  },
})

/** The action that sets autoreboot_on to this value. */
export const autorebootTo = (on: boolean): typeof autorebootOn | typeof autorebootOff =>
  on ? autorebootOn : autorebootOff

/** The change of autoreboot_on by these requests, given the value before them; null if they don't change it. */
export function autorebootChange(
  requests: readonly PlannedRequest[],
  before: boolean,
): { before: boolean; after: boolean } | null {
  const after = requests.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
  return after === undefined || after === before ? null : { before, after }
}

/** The autoreboot_on in a request body; undefined if it has none. */
export function writtenAutoreboot(body: unknown): boolean | undefined {
  if (typeof body !== 'object' || body === null || !('autoreboot_on' in body)) return undefined
  return typeof body.autoreboot_on === 'boolean' ? body.autoreboot_on : undefined
}
