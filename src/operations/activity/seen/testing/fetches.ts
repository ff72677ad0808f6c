import * as fc from 'fast-check'
import { machine } from '../../../../api/testing/machines.ts'
import type { VirtualMachine } from '../../../../api/virtual-machines.ts'
import type { SeenMachines } from '../history.ts'

/** Between fetches that are further apart (ms), nothing was watched. */
export const LIMIT = 30_000

/** A fetch of a group's machines, or of one machine alone. */
export interface Fetch {
  at: number
  group: string
  machines: readonly VirtualMachine[]
  alone: boolean
}

const anyState = fc.constantFrom(
  { power_on: true, head: 'head1' },
  { power_on: true, head: 'head2' },
  { power_on: false, head: null },
  { power_on: false, head: null, deleted: true },
)

const anyVm = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), state: anyState })
  .map(({ id, state }) => machine({ id, name: `m${id}`, ...state }))

/** Fetches in the order of time, of two groups with a few machines, which may move. */
export const anyFetches: fc.Arbitrary<Fetch[]> = fc
  .array(
    fc.record({
      passed: fc.constantFrom(1_000, 2_000, 10_000, 30_000, 31_000, 90_000),
      group: fc.constantFrom('default', 'web'),
      machines: fc.uniqueArray(anyVm, { selector: ({ id }) => id, maxLength: 3 }),
      alone: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((fetches) => {
    let at = 1_000_000
    return fetches.flatMap(({ passed, machines, alone, ...fetch }) => {
      at += passed
      const some = alone ? machines.slice(0, 1) : machines
      return alone && some.length === 0 ? [] : [{ at, machines: some, alone, ...fetch }]
    })
  })

export function play(seen: SeenMachines, fetches: readonly Fetch[]): void {
  for (const { at, group, machines, alone } of fetches) {
    const ref = { account: 'acme', group }
    const [vm] = machines
    if (!alone) seen.list(ref, machines, at, LIMIT)
    else if (vm !== undefined) seen.alone(ref, vm, at, LIMIT)
  }
}

/** What each fetch showed of a machine, without its history: "default on head1". */
export function samplesOf(fetches: readonly Fetch[], id: number): { at: number; shows: string }[] {
  return fetches.flatMap(({ at, group, machines }) =>
    machines
      .filter((vm) => vm.id === id)
      .map(({ deleted, power_on, head }) => ({
        at,
        shows: `${group} ${deleted ? 'deleted' : power_on ? 'on' : 'off'} ${head}`,
      })),
  )
}
