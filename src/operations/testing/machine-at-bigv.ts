import { afterEach, beforeEach } from 'vitest'
import type { WantedMachine } from '../../../simulator/control/client.ts'
import { setReadOnly } from '../read-only.ts'
import type { MachineActionName } from '../../actions/index.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import { REF } from '../../api/testing/machines.ts'
import { useSimulatedBigv, type SimulatedBigv } from '../../api/testing/simulated-bigv.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { signIn, signOut } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { beginOperation, type Begun } from '../run.ts'
import { clearOperations, findOperation, subscribeOperations } from '../store.ts'

/** Who may do everything in the account of the simulator that `REF` is in. */
export const DEMO: BasicCredentials = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

type Wanted = Partial<WantedMachine>
type Patch = Parameters<SimulatedBigv['control']['setMachine']>[1]
type WholeMachine = Awaited<ReturnType<SimulatedBigv['control']['machine']>>

/** A machine of the simulator that is there for one test, and what the tests do with it. */
export interface MachineAtBigv extends SimulatedBigv {
  id: number
  /** Where it is, below "/api". */
  path: string
  target: { account: string; group: string; id: number; name: string }
  /** As BigV has it. */
  vm: () => Promise<WholeMachine>
  /** Changes it behind everybody's back. */
  set: (patch: Patch) => Promise<unknown>
  /** The guest shuts down as soon as it is asked to; else it never does. */
  obey: () => Promise<void>
  /** Adds another one to acme's group "default", and returns its number. */
  add: (wanted: WantedMachine) => Promise<number>
  /** Begins an action on it. */
  begin: (action: MachineActionName, more?: More) => Promise<Begun>
  /** Begins an action and waits for its end. */
  end: (action: MachineActionName, more?: More) => Promise<Operation>
}

type More = Partial<Parameters<typeof beginOperation>[0]> & { params?: unknown }

const WEB: WantedMachine = {
  name: 'web',
  cores: 1,
  memory: 1024,
  power_on: true,
  autoreboot_on: true,
  ignores_acpi: true,
  distribution: 'precise',
}
const machinesPath = `/accounts/${REF.account}/groups/${REF.group}/virtual_machines`

/** A guest takes no longer to shut down (docs/bigv-api.md#power). */
const SHUT_DOWN_MS = 25_000

/** Starts BigV for the tests of this file. Before each, there is a machine "web", which runs, and "demo" is signed in. */
export function useMachineAtBigv(given: Wanted = {}): MachineAtBigv {
  const bigv = useSimulatedBigv()
  const added: number[] = []
  const world: MachineAtBigv = Object.assign(bigv, {
    id: 0,
    path: '',
    target: { ...REF, id: 0, name: 'web' },
    vm: () => bigv.control.machine(world.id),
    set: (patch: Patch) => bigv.control.setMachine(world.id, patch),
    async obey() {
      world.passesAfterSignal = SHUT_DOWN_MS
      await world.set({ ignores_acpi: false })
    },
    async add(wanted: WantedMachine) {
      const { id } = await bigv.control.createMachine(bigv.acme, wanted)
      added.push(id)
      return id
    },
    begin: (action: MachineActionName, { params, ...more }: More = {}) =>
      beginOperation({ bound: boundBy(action, params), ref: REF, id: world.id, name: 'web', ...more }),
    end: async (action: MachineActionName, more: More = {}) =>
      until(keyOf(await world.begin(action, more)), 'ended'),
  })
  beforeEach(async () => {
    world.id = await world.add({ ...WEB, ...given })
    world.path = `${machinesPath}/${world.id}`
    world.target = { ...REF, id: world.id, name: 'web' }
    signIn(DEMO, false)
  })
  afterEach(async () => {
    setReadOnly(false)
    clearOperations()
    signOut()
    for (const each of added.splice(0)) await bigv.control.removeMachine(each)
  })
  return world
}

/** Waits until the operation is as the test says. */
export function until(
  key: string,
  as: Operation['phase'] | ((operation: Operation) => boolean),
): Promise<Operation> {
  const fits = typeof as === 'function' ? as : ({ phase }: Operation) => phase === as
  return new Promise((resolve) => {
    const look = () => {
      const operation = findOperation(key)
      if (operation === undefined || !fits(operation)) return
      end()
      resolve(operation)
    }
    const end = subscribeOperations(look)
    look()
  })
}

/** The key of an operation that has begun. */
export function keyOf(begun: Begun): string {
  if (begun.is !== 'begun') throw new Error(`It did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}
