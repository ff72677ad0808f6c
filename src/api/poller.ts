import { ApiError } from './errors.ts'

/** What a poller tells about itself. Times are ms since 1970. */
export interface PollState {
  /** `waiting` for the next turn, `reading` now, or at rest: `paused` by the user, tab `hidden`, browser `offline`. */
  phase: 'waiting' | 'fetching' | 'paused' | 'hidden' | 'offline'
  /** When the next reading is due, while waiting. */
  nextAt: number | null
  /** How many readings have failed in a row. */
  failures: number
}

/** What a poller needs of the world; tests give their own. */
export interface PollerWorld {
  now(): number
  isHidden(): boolean
  isOnline(): boolean
  setTimer(action: () => void, ms: number): () => void
}

const LONGEST_PAUSE_MS = 60_000

/**
 * Takes the interval in ms and the number of failures in a row and returns the pause before the next reading: doubled
 * for each failure, up to a minute (or the interval, when that is longer).
 */
export function pauseAfter(intervalMs: number, failures: number): number {
  return Math.min(intervalMs * 2 ** Math.min(failures, 10), Math.max(LONGEST_PAUSE_MS, intervalMs))
}

/**
 * Reads again and again: one reading at a time, each after a pause; at rest in a hidden tab, offline or when paused,
 * and at once on return from any of these; but while BigV asks to be left alone, only when it is told to. `read` must reject when
 * the reading failed.
 */
export class Poller {
  private state: PollState = { phase: 'waiting', nextAt: null, failures: 0 }
  private cancelTimer: () => void = () => {}
  private running = false
  // A reading outlives stop(): started again meanwhile, there must not be two.
  private inHand = false
  private intervalMs: number | null = null
  /** Until when BigV has asked to be left alone. */
  private notBefore = 0
  private readonly read: () => Promise<unknown>
  private readonly world: PollerWorld
  private readonly onChange: (state: PollState) => void

  constructor(read: () => Promise<unknown>, world: PollerWorld, onChange: (state: PollState) => void) {
    this.read = read
    this.world = world
    this.onChange = onChange
  }

  /** Starts, with the first reading after one pause. An interval of null is paused. */
  start(intervalMs: number | null): void {
    this.running = true
    this.intervalMs = intervalMs
    if (!this.inHand) this.plan()
  }

  /** Ends for good, or until started again. */
  stop(): void {
    this.running = false
    this.cancelTimer()
  }

  /** Changes the interval, in ms; null pauses. Coming back from a pause reads at once. */
  setInterval(intervalMs: number | null): void {
    const wasPaused = this.intervalMs === null
    this.intervalMs = intervalMs
    if (this.inHand) return
    if (wasPaused && this.atRest() === null) this.readSoon()
    else this.plan()
  }

  /** Looks at the world again: visible, online. Reads at once when what had kept it at rest is over. */
  worldChanged(): void {
    if (!this.running || this.inHand) return
    const { phase } = this.state
    const rest = this.atRest()
    if (rest !== null) this.plan()
    // Whoever waits for the next turn already goes on waiting: the pause does not begin anew.
    else if (phase === 'hidden' || phase === 'offline') this.readSoon()
  }

  /** Reads now, whatever the pause. */
  readNow(): void {
    if (!this.running || this.inHand) return
    this.cancelTimer()
    this.inHand = true
    this.change({ phase: 'fetching', nextAt: null })
    this.read().then(
      () => this.ended(0),
      (error: unknown) =>
        this.ended(this.state.failures + 1, error instanceof ApiError ? error.retryAfter : 0),
    )
  }

  private ended(failures: number, retryAfter = 0): void {
    this.inHand = false
    this.notBefore = this.world.now() + retryAfter
    this.state = { ...this.state, failures }
    this.plan()
  }

  /** Reads now, but while BigV asks to be left alone as late as after any failure. */
  private readSoon(): void {
    if (this.world.now() < this.notBefore) this.plan()
    else this.readNow()
  }

  private plan(): void {
    this.cancelTimer()
    if (!this.running) return
    const rest = this.atRest()
    if (rest !== null || this.intervalMs === null) {
      this.change({ phase: rest ?? 'paused', nextAt: null })
      return
    }
    const now = this.world.now()
    const pause = Math.max(pauseAfter(this.intervalMs, this.state.failures), this.notBefore - now)
    this.change({ phase: 'waiting', nextAt: now + pause })
    this.cancelTimer = this.world.setTimer(() => this.readNow(), pause)
  }

  private atRest(): 'paused' | 'hidden' | 'offline' | null {
    if (this.intervalMs === null) return 'paused'
    if (this.world.isHidden()) return 'hidden'
    return this.world.isOnline() ? null : 'offline'
  }

  private change(change: Partial<PollState>): void {
    this.state = { ...this.state, ...change }
    this.onChange(this.state)
  }
}
