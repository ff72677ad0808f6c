import type { Method } from '../api/http.ts'
import { apiPath } from '../api/path.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

/** An action's target, as stored and shown. New machines, groups, keys and privileges have only a name. */
export interface Target extends GroupRef {
  id: number | null
  name: string
}

/** The second machine of an action on two machines. */
export type OtherTarget = Target & { id: number }

/** The machine that requests are sent to, as just fetched. */
export interface RequestTarget {
  /** The machine's API path, by its id. */
  path: string
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>
}

/** A request to send. The body includes secrets, so show it only through `redacted`. */
export interface PlannedRequest {
  method: Exclude<Method, 'GET'>
  path: string
  body?: unknown
}

export const put = (path: string, body: object): PlannedRequest => ({ method: 'PUT', path, body })
export const post = (path: string, body: unknown): PlannedRequest => ({ method: 'POST', path, body })
export const signal = (path: string, body: object): PlannedRequest => post(path + apiPath('signal'), body)
