import { randomUUID } from 'node:crypto'
import { limits } from '../rules/limits.ts'
import type { Id } from '../state/records.ts'

/** What a session was opened with: a password, or that and a Yubikey. [official] */
export type Factor = 'password' | 'yubikey'
export type Session = { userId: Id; factors: Factor[]; expires: number }

const lifetime = limits.sessionAge.value * 1000

/** The sessions of the auth service: good for five minutes from their issue and from each use. [official] */
export class Sessions {
  readonly #sessions = new Map<string, Session>()

  /** Opens a session and returns its token; `now` in milliseconds. */
  open(userId: Id, factors: Factor[], now: number): string {
    for (const [token, session] of this.#sessions) if (session.expires <= now) this.#sessions.delete(token)
    const token = randomUUID()
    this.#sessions.set(token, { userId, factors, expires: now + lifetime })
    return token
  }

  /** Returns the session of a token; undefined when there is none or it is over. */
  find(token: string, now: number): Session | undefined {
    const session = this.#sessions.get(token)
    return session && session.expires > now ? session : undefined
  }

  /** Does the same, and gives the session five more minutes: it was used, and with success. */
  use(token: string, now: number): Session | undefined {
    const session = this.find(token, now)
    if (session) session.expires = now + lifetime
    return session
  }

  /** Ends all sessions. */
  expire(): void {
    this.#sessions.clear()
  }
}
