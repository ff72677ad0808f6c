import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { authenticate, keepSession } from '../access/authenticate.ts'
import type { Simulation } from '../simulation.ts'
import { json, plain, type Answer } from './answer.ts'
import { parseBody } from './body.ts'
import type { Call, Handler } from './call.ts'
import { asFogWants } from './fog.ts'
import { normalPath, targetOf } from './path.ts'
import { Refusal, refusal } from './refusal.ts'
import { routes, type Route } from './routes.ts'

export type Env = { Bindings: HttpBindings; Variables: { body: string } }
type HonoContext = Context<Env>

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

/** Returns a hono app that routes by the path as it was received, not as URL parsers would fold it. */
export const newApp = (): Hono<Env> =>
  new Hono<Env>({
    getPath: (request, options) => {
      const env = options?.env
      return normalPath(targetOf(env?.incoming.url ?? request.url).path)
    },
  })

/** Sends an answer. */
export const send = (c: HonoContext, answer: Answer): Response => {
  const headers = { ...(answer.contentType && { 'Content-Type': answer.contentType }), ...answer.headers }
  if (answer.body === null) return c.body(null, answer.status as 204, headers)
  return c.body(answer.body, answer.status as ContentfulStatusCode, headers)
}

/** Returns the answer that an error stands for. Throws what is none. */
export const answerToError = (error: unknown): Answer => {
  if (!(error instanceof Refusal)) throw error
  const answer =
    typeof error.body === 'string' ? plain(error.status, error.body) : json(error.status, error.body)
  if (error.status !== 401) return answer
  return { ...answer, headers: { 'WWW-Authenticate': 'Basic realm="BigV"' } }
}

const identityFor = (simulation: Simulation, route: Route, c: HonoContext): Call['identity'] => {
  const { headers, socket } = c.env.incoming
  const { authorization } = headers
  if (route.open === 'ignored' || (route.open && !authorization)) return undefined
  const otp = headers['x-yubikey-otp']
  return authenticate(simulation.brain, simulation.tokens, {
    authorization,
    otp: typeof otp === 'string' ? otp : undefined,
    address: socket.remoteAddress ?? '',
  })
}

const answerTo = async (
  simulation: Simulation,
  route: Route,
  handler: Handler,
  c: HonoContext,
): Promise<Answer> => {
  try {
    simulation.brain.clock.catchUp()
    const identity = identityFor(simulation, route, c)
    const { method, headers, url = '/' } = c.env.incoming
    const hasBody = method === 'POST' || method === 'PUT'
    const body = hasBody ? parseBody(headers['content-type'], c.get('body'), route.form) : {}
    const query = new URLSearchParams(targetOf(url).query)
    const answer = await handler({
      brain: simulation.brain,
      tokens: simulation.tokens,
      identity,
      params: c.req.param(),
      query,
      body,
    })
    if (answer.status < 400) keepSession(simulation.brain, headers.authorization)
    return simulation.isForFog ? asFogWants(method, targetOf(url).path, answer) : answer
  } catch (error) {
    return answerToError(error)
  }
}

/** Adds the API's routes to an app; other methods of their paths get a 405, and other paths a 404. */
export const addRoutes = (app: Hono<Env>, simulation: Simulation): void => {
  for (const route of routes) {
    const allowed = methods.filter((method) => route[method])
    for (const method of allowed) {
      const handler = route[method]
      if (handler)
        app.on(method, route.path, async (c) => send(c, await answerTo(simulation, route, handler, c)))
    }
    app.all(route.path, (c) =>
      send(c, { ...answerToError(refusal('method')), headers: { Allow: allowed.join(', ') } }),
    )
  }
  app.notFound((c) => send(c, answerToError(refusal('missing'))))
}
