import type { Brain } from '../brain.ts'
import type { FixedTokens } from '../access/authenticate.ts'
import type { Identity } from '../access/rights.ts'
import type { Answer } from './answer.ts'
import type { Body } from './attributes.ts'
import { refusal } from './refusal.ts'

/** One request, as the handlers of the resources see it. */
export type Call = {
  brain: Brain
  tokens: FixedTokens
  /** Undefined only where a route does not need to know. */
  identity: Identity | undefined
  params: Record<string, string>
  query: URLSearchParams
  body: Body
}

export type Handler = (call: Call) => Answer | Promise<Answer>

/** Whether a query parameter says yes, in whatever case; its mere presence does not. [python] */
export const says = (call: Call, parameter: string): boolean =>
  call.query.get(parameter)?.toLowerCase() === 'true'

/** Whether embedded resources are asked for. [docs] */
export const wantsOverview = (call: Call): boolean => call.query.get('view') === 'overview'

/** Returns who asks. Throws a 401 when nobody is known. */
export const identityOf = (call: Call): Identity => {
  if (!call.identity) throw refusal('credentials')
  return call.identity
}
