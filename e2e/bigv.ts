import { expect as base, type MatcherReturnType } from '@playwright/test'
import {
  controlClient,
  type ControlClient,
  type LoggedRequest,
  type NewAccount,
} from '../simulator/control/client.ts'
import type { Fault } from '../simulator/control/client.ts'
import { listPath } from './account.ts'

/** Controls the simulated BigV of a worker. */
export interface Bigv extends ControlClient {
  /**
   * Makes the account's next request with this method fail; with a path (a regular expression), the next request to that path. Call it
   * only after the page has shown the end of the request before, or that one may fail instead.
   */
  failNext(account: NewAccount, method: string, fault: Omit<Fault, 'match'>, path?: string): Promise<number>
}

export function bigvAt(url: string): Bigv {
  const client = controlClient(url)
  return {
    ...client,
    failNext: ({ account }, method, fault, path) =>
      client.addFault({ ...fault, match: path === undefined ? { method, account } : { method, path } }),
  }
}

/** A request that changes something, as BigV received it. */
type Write = Pick<LoggedRequest, 'method' | 'path' | 'query' | 'body'>

/** The parts of a write to compare; values may be matchers. */
type Wanted = { [Key in keyof Write]?: unknown }

/** The writes that BigV has received during this test, from any user, except for sign-ins. */
export async function writes(bigv: ControlClient): Promise<Write[]> {
  const received = await bigv.requests()
  return received
    .filter(({ method, path }) => method !== 'GET' && path !== '/session')
    .map(({ method, path, query, body }) => ({ method, path, query, body }))
}

/** The GETs among some requests. */
export function reads(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.filter(({ method }) => method === 'GET')
}

/** The GETs of a group's list that BigV has received. */
export async function listReads(
  bigv: ControlClient,
  account: NewAccount,
  group = 'default',
): Promise<LoggedRequest[]> {
  return reads(await bigv.requests()).filter(({ path }) => path === listPath(account, group))
}

// Often at first: a page shows an action a moment before BigV receives its request.
const intervals = [20, 50, 100, 250, 500, 1_000]

export const expect = base.extend({
  /**
   * Waits until BigV has received exactly these writes, in this order. Only the fields that are given are compared. Writes outside the
   * account's paths count, too: a BigV belongs to one test at a time.
   */
  async toHaveReceived(bigv: ControlClient, wanted: readonly Wanted[]): Promise<MatcherReturnType> {
    const named = async () =>
      (await writes(bigv)).map((write, place) => {
        const keys = Object.keys(wanted[place] ?? write)
        return Object.fromEntries(Object.entries(write).filter(([key]) => keys.includes(key)))
      })
    return outcome('toHaveReceived', base.poll(named, { intervals }).toEqual(wanted))
  },
  /** Waits until BigV has received exactly this many writes. */
  async toHaveReceivedCount(bigv: ControlClient, count: number): Promise<MatcherReturnType> {
    const all = () => writes(bigv)
    return outcome('toHaveReceivedCount', base.poll(all, { intervals }).toHaveLength(count))
  },
})

async function outcome(name: string, assertion: Promise<void>): Promise<MatcherReturnType> {
  try {
    await assertion
    return { name, pass: true, message: () => `BigV received exactly that.` }
  } catch (error) {
    return { name, pass: false, message: () => (error instanceof Error ? error.message : String(error)) }
  }
}
