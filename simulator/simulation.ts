import type { FixedTokens } from './access/authenticate.ts'
import { Brain } from './brain.ts'
import { demoUser } from './fleet/users.ts'
import { buildFleet, type Fleet } from './fleet/fleet.ts'

export type SimulationOptions = {
  machines: number
  speed: number
  tokens: readonly string[]
  cluster: string
}

/** The BigV that a server shows, which the control path may replace by a fresh one. */
export class Simulation {
  readonly tokens: FixedTokens
  readonly #options: SimulationOptions
  #brain: Brain

  constructor(options: SimulationOptions) {
    this.#options = options
    this.tokens = new Map(options.tokens.map((token) => [token, demoUser.username]))
    this.#brain = this.#build({ machines: options.machines })
  }

  get brain(): Brain {
    return this.#brain
  }

  /** Starts anew with a fleet as at the start, or another. */
  reset(fleet: Partial<Fleet> = {}): void {
    this.#brain.stop()
    this.#brain = this.#build({ machines: this.#options.machines, ...fleet })
  }

  /** Ends all background work. */
  stop(): void {
    this.#brain.stop()
  }

  #build(fleet: Fleet): Brain {
    const brain = new Brain({ cluster: this.#options.cluster, speed: this.#options.speed })
    brain.store.transaction(() => buildFleet(brain, fleet))
    return brain
  }
}
