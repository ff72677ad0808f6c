import { afterEach, beforeEach } from 'vitest'
import type { WantedMachine } from '../../../simulator/control/client.ts'
import { setReadOnly } from '../../session/read-only.ts'
import type { MachineActionName } from '../../actions/index.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import { REF } from '../../api/testing/machines.ts'
import { useSimulatedBigv, type SimulatedBigv } from '../../api/testing/simulated-bigv.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { signIn, signOut } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { beginOperation, type Begun } from '../run.ts'
import { clearOperations, findOperation, subscribeOperations } from '../store.ts'

/** The user with all rights in `REF`'s account of the simulator. */
export const DEMO: BasicCredentials = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

type Wanted = Partial<WantedMachine>
type Patch = Parameters<SimulatedBigv['control']['setMachine']>[1]
type WholeMachine = Awaited<ReturnType<SimulatedBigv['control']['machine']>>

/** A machine that the simulator has for one test, and the helpers to act on it. */
export interface MachineAtBigv extends SimulatedBigv {
  id: number
  /** Its path below "/api". */
  path: string
  target: { account: string; group: string; id: number; name: string }
  /** Its state at BigV. */
  vm: () => Promise<WholeMachine>
  /** Changes it elsewhere, without a request from the page. */
  set: (patch: Patch) => Promise<unknown>
  /** Makes the guest shut down as soon as its ACPI button is pressed; by default it never does. */
  obey: () => Promise<void>
  /** Adds another machine to acme's group "default", and returns its id. */
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

/** The longest time that a guest takes to shut down: docs/bigv-api.md#power */
const SHUT_DOWN_MS = 25_000

/** Starts BigV for the tests of this file. Each test begins with a running machine "web" and with "demo" signed in. */
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

/** Waits until the operation has the phase or meets the condition. */
export function until(
  key: string,
  wanted: Operation['phase'] | ((operation: Operation) => boolean),
): Promise<Operation> {
  const fits = typeof wanted === 'function' ? wanted : ({ phase }: Operation) => phase === wanted
  return new Promise((resolve) => {
    const check = () => {
      const operation = findOperation(key)
      if (operation === undefined || !fits(operation)) return
      end()
      resolve(operation)
    }
    const end = subscribeOperations(check)
    check()
  })
}

/** The key of an operation that has begun. */
export function keyOf(begun: Begun): string {
  if (begun.is !== 'begun') throw new Error(`The operation did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}
