import type { Method } from '../api/http.ts'
import { apiPath } from '../api/path.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

/** An action's target, as stored and shown. New machines, groups, keys and privileges have a name only. */
export interface Target extends GroupRef {
  id: number | null
  name: string
}

/** The other machine, for an action on two. */
export type OtherTarget = Target & { id: number }

/** The machine that requests are sent to, as just fetched. */
export interface RequestTarget {
  /** Its API path, by its id. */
  path: string
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>
}

/** A request to send. The body includes secrets: show it through `redacted` only. */
export interface PlannedRequest {
  method: Exclude<Method, 'GET'>
  path: string
  body?: unknown
}

export const put = (path: string, body: object): PlannedRequest => ({ method: 'PUT', path, body })
export const post = (path: string, body: unknown): PlannedRequest => ({ method: 'POST', path, body })
export const signal = (path: string, body: object): PlannedRequest => post(path + apiPath('signal'), body)
