import type { ServerResponse } from 'node:http'
import type { MachineActionName } from '../../actions/index.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import { queryClient } from '../../api/query-client.ts'
import { json, startFakeBigv, type FakeBigv, type Received } from '../../api/testing/fake-bigv.ts'
import { machine, REF } from '../../api/testing/machines.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { signIn, signOut } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { beginOperation, type Begun } from '../run.ts'
import { clearOperations, findOperation, subscribeOperations } from '../store.ts'

export const DEMO: BasicCredentials = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

type Answer = (request: Received, response: ServerResponse) => unknown

/** A BigV with one machine, which does at once what it is told, but for the answers that a test puts first. */
export interface MachineAtBigv {
  vm: VirtualMachine
  /** Answers to the next reads, before the usual one. */
  reads: Answer[]
  /** Answers to the next writes, before the usual one. */
  writes: Answer[]
  /** Is asked about each request before anything else, and may answer in its place. */
  intercept: (request: Received) => Answer | undefined
  /** Whether the guest shuts down at once when it is asked to. */
  obeys: boolean
  /** How often a system was installed. */
  installed: number
  /** Does what a write asks for, without an answer. */
  apply: (request: Received) => void
  /** What was received, in order: "GET", or a write with its path and its body. */
  log: () => unknown[]
  close: () => Promise<void>
}

/** Starts it, with the user “demo” signed in. */
export async function machineAtBigv(given: Partial<VirtualMachine> = {}): Promise<MachineAtBigv> {
  const bigv: FakeBigv = await startFakeBigv()
  signIn(DEMO, false)
  const world: MachineAtBigv = {
    vm: machine(given),
    reads: [],
    writes: [],
    intercept: () => undefined,
    obeys: false,
    installed: 0,
    apply({ method, path, body }) {
      if (method === 'PUT') Object.assign(world.vm, body)
      if (path.endsWith('/signal') && world.obeys) world.vm.power_on = false
      if (!path.endsWith('/reimage')) return
      world.installed++
      Object.assign(world.vm, { power_on: true, autoreboot_on: false })
    },
    log: () =>
      bigv.received.map(({ method, path, body }) => (method === 'GET' ? 'GET' : [method, path, body])),
    async close() {
      clearOperations()
      queryClient.clear()
      signOut()
      await bigv.close()
    },
  }
  bigv.answer = (request, response) => {
    const special =
      world.intercept(request) ?? (request.method === 'GET' ? world.reads : world.writes).shift()
    if (special) {
      special(request, response)
      return
    }
    world.apply(request)
    json(response, 200, request.method === 'POST' ? request.body : world.vm)
  }
  return world
}

/** An answer with a status and nothing else. */
export const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end()

/** No answer: the connection is cut. */
export const cut: Answer = (_, response) => response.destroy()

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

type More = Partial<Parameters<typeof beginOperation>[0]> & { params?: unknown }

/** Begins an action on the machine at BigV. */
export const begin = (action: MachineActionName, { params, ...more }: More = {}): Promise<Begun> =>
  beginOperation({ bound: boundBy(action, params), ref: REF, id: 7, name: 'web', ...more })

/** The key of an operation that has begun. */
export function keyOf(begun: Begun): string {
  if (begun.is !== 'begun') throw new Error(`It did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}

/** Begins it and waits for its end. */
export const ended = async (action: MachineActionName): Promise<Operation> =>
  until(keyOf(await begin(action)), 'ended')
