import type { MiddlewareHandler } from 'hono'
import type { Faults } from '../control/faults.ts'
import type { RequestLog } from '../control/log.ts'
import { answerToError, send, type Env } from './app.ts'
import { readText } from './body.ts'

/**
 * Reads every request's body before it is looked at further. With control, requests are logged, and fail as they are told
 * to.
 */
export const intake =
  (control?: { log: RequestLog; faults: Faults }): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { incoming } = c.env
    try {
      c.set('body', incoming.method === 'POST' || incoming.method === 'PUT' ? await readText(incoming) : '')
    } catch (error) {
      return send(c, answerToError(error))
    }
    if (!control) return next()
    const request = control.log.add(incoming, c.get('body'))
    const fault = control.faults.take(request)
    if (fault) await control.faults.inflict(fault, c, next)
    else await next()
    request.status = c.res.status
    return undefined
  }
