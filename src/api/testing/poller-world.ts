import { ApiError } from '../errors.ts'
import { Poller, type PollState } from '../poller.ts'

/** A world whose clock the test turns, and a poller in it whose readings the test ends. */
export function worldWithPoller() {
  const world = {
    time: 1_000,
    hidden: false,
    online: true,
    timers: new Map<number, { at: number; action: () => void }>(),
    now: () => world.time,
    isHidden: () => world.hidden,
    isOnline: () => world.online,
    setTimer(action: () => void, ms: number) {
      const key = Math.random()
      world.timers.set(key, { at: world.time + ms, action })
      return () => world.timers.delete(key)
    },
  }
  const readings: { at: number; end: (well?: boolean, error?: Error) => Promise<void> }[] = []
  const states: PollState[] = []
  let open = 0
  let most = 0
  const read = () =>
    new Promise<void>((resolve, reject) => {
      most = Math.max(most, ++open)
      readings.push({
        at: world.time,
        async end(well = true, error = new Error('no answer')) {
          open--
          if (well) resolve()
          else reject(error)
          await settled()
        },
      })
    })
  const poller = new Poller(read, world, (state) => states.push(state))
  return {
    world,
    poller,
    states,
    readings,
    times: () => readings.map(({ at }) => at - 1_000),
    state: () => states.at(-1),
    mostAtOnce: () => most,
    last: () => readings.at(-1),
    /** Turns the clock on and lets what is due happen. */
    pass: (ms: number) => {
      const until = world.time + ms
      for (;;) {
        const due = [...world.timers]
          .filter(([, { at }]) => at <= until)
          .sort(([, a], [, b]) => a.at - b.at)[0]
        if (due === undefined) break
        const [key, { at, action }] = due
        world.timers.delete(key)
        world.time = at
        action()
      }
      world.time = until
    },
    change: (change: { hidden?: boolean; online?: boolean }) => {
      Object.assign(world, change)
      poller.worldChanged()
    },
  }
}

const settled = async () => {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}

/** A 429 that asks to be left alone for so many ms. */
export function slowDown(retryAfter: number): ApiError {
  const trace = { method: 'GET', path: '/x', status: 429, startedAt: 0, duration: 0 }
  return new ApiError('BigV asks to slow down.', { kind: 'refused', trace, sent: 'yes', retryAfter })
}
