import type { Method } from '../api/http.ts'
import { apiPath } from '../api/path.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

/** What an action is about, as it is stored and shown. A new machine has only a name yet, and so have groups, keys and privileges. */
export interface Target extends GroupRef {
  id: number | null
  name: string
}

/** The other machine of an action on two. */
export type OtherTarget = Target & { id: number }

/** The machine that requests are sent to, as it was just fetched. */
export interface RequestTarget {
  /** Its path at BigV, by its id. */
  path: string
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>
}

/** A request that will be sent. The body is whole, secrets included: show it through `redacted` only. */
export interface PlannedRequest {
  method: Exclude<Method, 'GET'>
  path: string
  body?: unknown
}

export const put = (path: string, body: object): PlannedRequest => ({ method: 'PUT', path, body })
export const post = (path: string, body: unknown): PlannedRequest => ({ method: 'POST', path, body })
export const signal = (path: string, body: object): PlannedRequest => post(path + apiPath('signal'), body)
