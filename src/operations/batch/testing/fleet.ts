import { afterEach, vi } from 'vitest'
import type { WantedMachine } from '../../../../simulator/control/client.ts'
import { times } from '../../../../simulator/rules/limits.ts'
import { queryClient } from '../../../api/query-client.ts'
import { REF } from '../../../api/testing/machines.ts'
import {
  cut,
  cutAfter,
  status,
  useSimulatedBigv,
  type Fault,
  type SimulatedBigv,
} from '../../../api/testing/simulated-bigv.ts'
import { fetchMachines } from '../../../api/virtual-machines.ts'
import { createTabLocks } from '../../../lib/browser/tab-locks.ts'
import { signIn, signOut } from '../../../session/session.ts'
import { clearOperations } from '../../store.ts'
import { DEMO } from '../../testing/machine-at-bigv.ts'
import { batches, findBatch, type Batch } from '../batch.ts'
import { forgetRows } from '../fetch-machines.ts'
import type { FoundCandidate } from '../forecast.ts'

/**
 * How a write ends: done and answered; answered, but ignored; neither done nor answered; the connection cut before or after BigV
 * does it; or a status.
 */
export type Fate = 'ok' | 'ignored' | 'hang' | 'cut before' | 'cut after' | number

/** A write as BigV received it. */
export interface Write {
  /** The machine's number in the fleet, from 1. */
  no: number
  method: string
  path: string
  /** The query, without the "?". */
  query: string
  body: unknown
  at: number
  applied: boolean
}

type Wanted = Partial<WantedMachine>
type Patch = Parameters<SimulatedBigv['control']['setMachine']>[1]
type WholeMachine = Awaited<ReturnType<SimulatedBigv['control']['machine']>>

/** The simulator's machines web1, web2 and so on. The test's fake timers are the clock of both sides. */
export interface Fleet {
  /** The machines as a dialog about all of them first shows them. */
  candidates: FoundCandidate[]
  /** How the next writes to each machine end, by its number; all later ones succeed. */
  fates: Map<number, Fate[]>
  /** How the next GET requests fail: a status, or 0 if the connection is cut. */
  readFates: number[]
  /** The highest number of writes in parallel so far. */
  mostRunning: number
  /** The writes since the start or `forget`, in order. */
  writes: () => Promise<Write[]>
  /** The paths of the GET requests since the start or `forget`. */
  reads: () => Promise<string[]>
  /** Clears the record of reads and writes. */
  forget: () => Promise<void>
  /** A machine as BigV has it; undefined if it is gone. */
  vm: (no: number) => Promise<WholeMachine | undefined>
  /** Changes a machine elsewhere, without a request from the page. */
  set: (no: number, patch: Patch) => Promise<unknown>
  /** Purges a machine elsewhere, without a request from the page. */
  remove: (no: number) => Promise<void>
}

/** Replaces the previous fleet with one of these machines, which run unless `power_on` is false. */
export type BeginFleet = (given: readonly Wanted[], pace?: { startMs?: number }) => Promise<Fleet>

/** How long a request takes to reach BigV. */
const LATENCY_MS = 20

const WEB = { cores: 1, memory: 1024, power_on: true, autoreboot_on: true }

/**
 * Starts BigV for the tests of this file. `demo` is signed in with each fleet. BigV is as slow as in reality; with `startMs`, a start
 * takes that long and everything else scales with it.
 */
export function useFleet(): BeginFleet {
  const bigv = useSimulatedBigv()
  afterEach(end)
  return (given, { startMs = times.start } = {}) => beginFleet(bigv, given, startMs)
}

async function beginFleet(bigv: SimulatedBigv, given: readonly Wanted[], startMs: number): Promise<Fleet> {
  await end()
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    now: 1_000_000_000,
  })
  vi.stubGlobal('navigator', { locks: createTabLocks() })
  vi.stubGlobal('document', { hidden: false })
  bigv.onRequest = () => {}
  bigv.onAnswer = () => {}
  // Restarts the simulator's clock at the fake time.
  await bigv.control.reset({ machines: 0 })
  await bigv.control.setSpeed(times.start / startMs)
  signIn(DEMO, false)
  const ids = []
  for (const [at, each] of given.entries()) {
    const { id } = await bigv.control.createMachine(bigv.acme, { ...WEB, name: `web${at + 1}`, ...each })
    ids.push(id)
  }
  return await fleetOf(bigv, ids, new Set(given.map(({ group = REF.group }) => group)))
}

async function end(): Promise<void> {
  if (!vi.isFakeTimers()) return
  batches.set([])
  clearOperations()
  queryClient.clear()
  forgetRows()
  signOut()
  // Long enough for every loop to see that no work is left.
  await vi.advanceTimersByTimeAsync(20_000)
  vi.useRealTimers()
}

async function fleetOf(
  bigv: SimulatedBigv,
  ids: readonly number[],
  groups: ReadonlySet<string>,
): Promise<Fleet> {
  const { control } = bigv
  const idOf = (no: number) => ids[no - 1] ?? 0
  const numbers = new Map(ids.map((id, at) => [id, at + 1]))
  const numberIn = (path: string) => numbers.get(Number(/\/virtual_machines\/(\d+)/.exec(path)?.[1])) ?? 0
  /** How each machine's writes ended. */
  const ended = new Map<number, Fate[]>()
  const world: Fleet = {
    candidates: await candidatesIn(groups),
    fates: new Map(),
    readFates: [],
    mostRunning: 0,
    async writes() {
      const counts = new Map<number, number>()
      const received = (await bigv.received()).filter(({ method }) => method !== 'GET')
      return received.map((request) => {
        const { method, path, body, at } = request
        const no = numberIn(path)
        const count = counts.get(no) ?? 0
        counts.set(no, count + 1)
        const fate = ended.get(no)?.[count]
        const applied = fate === 'cut after' || (fate === 'ok' && (request.status ?? 500) < 400)
        return { no, method, path, query: String(new URLSearchParams(request.query)), body, at, applied }
      })
    },
    reads: async () =>
      (await bigv.received()).flatMap(({ method, path }) => (method === 'GET' ? [path] : [])),
    async forget() {
      ended.clear()
      await control.clearRequests()
    },
    vm: (no) =>
      control.machine(idOf(no)).catch((error: Error) => {
        if (error.message.includes(': 404')) return undefined
        throw error
      }),
    set: (no, patch) => control.setMachine(idOf(no), patch),
    remove: (no) => control.removeMachine(idOf(no)),
  }
  await world.forget()

  let running = 0
  bigv.onRequest = async ({ method, url }) => {
    const { pathname } = new URL(url)
    const fault = method === 'GET' ? readFault(world) : await writeFault(numberIn(pathname))
    if (method !== 'GET') world.mostRunning = Math.max(world.mostRunning, ++running)
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS))
    if (fault) await control.addFault({ ...fault, match: { method, path: `^${pathname}$` } })
  }
  bigv.onAnswer = ({ method }) => {
    if (method !== 'GET') running -= 1
  }
  async function writeFault(no: number): Promise<Fault | null> {
    const fate = world.fates.get(no)?.shift() ?? 'ok'
    ended.set(no, [...(ended.get(no) ?? []), fate])
    if (fate === 'ok') return null
    if (fate === 'hang') return { kind: 'hang' }
    if (fate === 'cut before') return cut
    if (fate === 'cut after') return cutAfter
    return fate === 'ignored' ? status(200, await world.vm(no)) : status(fate, 'no')
  }
  return world
}

function readFault({ readFates }: Fleet): Fault | null {
  const fate = readFates.shift()
  if (fate === undefined) return null
  return fate === 0 ? cut : status(fate)
}

async function candidatesIn(groups: ReadonlySet<string>): Promise<FoundCandidate[]> {
  const found = []
  for (const group of groups) {
    const ref = { ...REF, group }
    for (const vm of await fetchMachines(ref)) found.push({ ref, id: vm.id, name: vm.name, vm })
  }
  return found.sort((a, b) => a.id - b.id)
}

/**
 * Advances the time until the batch meets the condition, by an hour at most. Throws once the batch is gone: a test that has timed out must
 * not advance the clock of the next.
 */
export async function passUntil(key: string, meets: (batch: Batch) => boolean): Promise<Batch> {
  for (let waited = 0; waited < 3_600_000; waited += 500) {
    const batch = findBatch(key)
    if (batch === undefined) throw new Error('The batch is gone.')
    if (meets(batch)) return batch
    await vi.advanceTimersByTimeAsync(500)
  }
  throw new Error(`The batch never met the condition: ${JSON.stringify(findBatch(key), null, 1)}`)
}
