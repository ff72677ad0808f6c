import type { ServerResponse } from 'node:http'
import { queryClient } from '../../api/query-client.ts'
import { json, startFakeBigv, type FakeBigv, type Received } from '../../api/testing/fake-bigv.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { signIn, signOut, type Credentials } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { clearOperations, findOperation, subscribeOperations } from '../store.ts'
import { machine } from './samples.ts'

export const DEMO: Credentials = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

type Answer = (request: Received, response: ServerResponse) => unknown

/** A BigV with one machine, which does at once what it is told, but for the answers that a test puts first. */
export interface MachineAtBigv {
  vm: VirtualMachine
  /** Answers to the next reads, before the usual one. */
  reads: Answer[]
  /** Answers to the next writes, before the usual one. */
  writes: Answer[]
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
    const special = (request.method === 'GET' ? world.reads : world.writes).shift()
    if (special) {
      special(request, response)
      return
    }
    if (request.method === 'PUT') Object.assign(world.vm, request.body)
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
