import type { Id } from '../state/records.ts'

/** A Yubikey's one-time password is 32 to 48 letters of "modhex". */
const modhex = /^[cbdefghijklnrtuv]{32,48}$/
/** Passwords remembered; the oldest are forgotten first. */
const remembered = 10_000

/** The one-time passwords seen, and when: one may be replayed until its window is over, and never again. [docs] */
export class Otps {
  readonly #firstSeen = new Map<string, number>()

  /**
   * Returns the age of a user's OTP in milliseconds: 0 when it is new, Infinity when it is none or was made to expire.
   * `now` is in milliseconds.
   */
  age(userId: Id, otp: string, now: number): number {
    if (!modhex.test(otp)) return Infinity
    const key = `${userId} ${otp}`
    const seen = this.#firstSeen.get(key)
    if (seen !== undefined) return now - seen
    this.#firstSeen.set(key, now)
    const oldest = this.#firstSeen.keys().next().value
    if (this.#firstSeen.size > remembered && oldest !== undefined) this.#firstSeen.delete(oldest)
    return 0
  }

  /** Makes every OTP seen so far expire. */
  expire(): void {
    for (const key of this.#firstSeen.keys()) this.#firstSeen.set(key, -Infinity)
  }
}
