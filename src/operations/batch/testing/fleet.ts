import { vi } from 'vitest'
import { queryClient } from '../../../api/query-client.ts'
import { machine, REF } from '../../../api/testing/machines.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { signIn, signOut } from '../../../session/session.ts'
import { clearOperations } from '../../store.ts'
import { DEMO } from '../../testing/machine-at-bigv.ts'
import { batches, findBatch, type Batch } from '../batch.ts'
import { forgetRows } from '../fetch-machines.ts'

/** How a write ends: done and answered; answered, but ignored; the connection cut before or after it is done; or a status. */
export type Fate =
  | 'ok'
  | 'ignored'
  | 'cut before'
  | 'cut after'
  | 400
  | 401
  | 403
  | 404
  | 409
  | 429
  | 500
  | 503

/** A write as the fleet received it. */
interface Write {
  id: number
  method: string
  path: string
  /** The query, without the "?". */
  query: string
  body: unknown
  at: number
  applied: boolean
}

/** A BigV in memory, behind a `fetch` of its own, so that fake time rules all of it. */
export interface Fleet {
  machines: Map<number, VirtualMachine>
  /** The groups of machines outside the usual one, by id. */
  groups: Map<number, string>
  writes: Write[]
  /** The paths of GET requests. */
  reads: string[]
  /** How the next writes to each machine end; those after them succeed. */
  fates: Map<number, Fate[]>
  /** How the next GET requests fail: a status, or 0 if the connection is cut. */
  readFates: number[]
  /** How long a write takes, and how long a guest takes to shut down. */
  writeMs: number
  guestMs: number
  /** Writes that are being answered, and the most that ever were. */
  running: number
  mostRunning: number
  close: () => Promise<void>
}

const ORIGIN = 'http://bigv.test'

/** Starts it with these machines, `demo` signed in, and the clock in the test's hands. */
export function fleet(given: readonly Partial<VirtualMachine>[]): Fleet {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_000_000_000,
  })
  const world: Fleet = {
    machines: new Map(
      given.map((each, at) => [at + 1, machine({ id: at + 1, name: `web${at + 1}`, ...each })]),
    ),
    groups: new Map(),
    writes: [],
    reads: [],
    fates: new Map(),
    readFates: [],
    writeMs: 100,
    guestMs: 3_000,
    running: 0,
    mostRunning: 0,
    async close() {
      batches.set([])
      clearOperations()
      queryClient.clear()
      forgetRows()
      signOut()
      // Until every loop has seen that there is nothing more to do.
      await vi.advanceTimersByTimeAsync(20_000)
      vi.unstubAllGlobals()
      vi.useRealTimers()
    },
  }
  const RealRequest = Request
  class PageRequest extends RealRequest {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, ORIGIN) : input, init)
    }
  }
  vi.stubGlobal('Request', PageRequest)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('fetch', (request: Request) => answer(world, request))
  signIn(DEMO, false)
  return world
}

async function answer(world: Fleet, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.replace(/^\/api/, '')
  const [, , , , group, , name, what] = path.split('/')
  const withDeleted = url.searchParams.get('include_deleted') === 'true'
  const isThere = ({ id, deleted }: VirtualMachine) =>
    (world.groups.get(id) ?? REF.group) === group && (withDeleted || deleted !== true)
  if (request.method !== 'GET') return write(world, request, path, Number(name), what)
  world.reads.push(path)
  const fate = world.readFates.shift()
  await pause(20)
  if (fate === 0) throw new TypeError('cut')
  if (fate !== undefined) return new Response('', { status: fate })
  if (name === undefined) return Response.json([...world.machines.values()].filter(isThere))
  const vm = world.machines.get(Number(name))
  return vm && isThere(vm) ? Response.json(vm) : new Response('', { status: 404 })
}

async function write(
  world: Fleet,
  request: Request,
  path: string,
  id: number,
  what: string | undefined,
): Promise<Response> {
  const query = new URL(request.url).search.slice(1)
  const text = await request.text()
  const body = (text === '' ? null : JSON.parse(text)) as Record<string, unknown> | null
  const fate = world.fates.get(id)?.shift() ?? 'ok'
  const applied = fate === 'ok' || fate === 'cut after'
  world.writes.push({ id, method: request.method, path, query, body, at: Date.now(), applied })
  world.running += 1
  world.mostRunning = Math.max(world.mostRunning, world.running)
  await pause(world.writeMs)
  world.running -= 1
  if (fate === 'cut before') throw new TypeError('cut')
  if (typeof fate === 'number') return new Response('no', { status: fate })
  if (applied) apply(world, request, id, what, body)
  if (fate === 'cut after') throw new TypeError('cut')
  const vm = world.machines.get(id)
  return request.method === 'PUT' && vm ? Response.json(vm) : new Response('', { status: 200 })
}

function apply(
  world: Fleet,
  { method, url }: Request,
  id: number,
  what: string | undefined,
  body: Record<string, unknown> | null,
): void {
  const change = (values: Partial<VirtualMachine>) => {
    const vm = world.machines.get(id)
    if (vm) world.machines.set(id, { ...vm, ...values })
  }
  const back = () => {
    if (world.machines.get(id)?.autoreboot_on) setTimeout(() => change({ power_on: true }), world.guestMs)
  }
  if (method === 'DELETE') {
    if (url.includes('purge=true')) world.machines.delete(id)
    else change({ deleted: true, power_on: false })
  } else if (what === 'signal') {
    if (body?.['signal'] !== 'powerdown') return
    setTimeout(() => {
      change({ power_on: false })
      back()
    }, world.guestMs)
  } else {
    change(body ?? {})
    if (body?.['power_on'] === false) back()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Lets time pass until the batch is as the test says, for an hour at most. */
export async function passUntil(key: string, as: (batch: Batch) => boolean): Promise<Batch> {
  for (let waited = 0; waited < 3_600_000; waited += 500) {
    const batch = findBatch(key)
    if (batch !== undefined && as(batch)) return batch
    await vi.advanceTimersByTimeAsync(500)
  }
  throw new Error(`It never came to that: ${JSON.stringify(findBatch(key), null, 1)}`)
}

/** The machines of the fleet as candidates. */
export function candidates({ machines, groups }: Fleet) {
  const refOf = (id: number) => ({ ...REF, group: groups.get(id) ?? REF.group })
  return [...machines.values()].map((vm) => ({ ref: refOf(vm.id), id: vm.id, name: vm.name, vm }))
}
