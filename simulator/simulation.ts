import type { FixedTokens } from './access/authenticate.ts'
import { Brain } from './brain.ts'
import { buildFleet, type Fleet } from './fleet/fleet.ts'
import { demoUser } from './fleet/users.ts'
import { StateError } from './state/journal-lines.ts'
import { Journal } from './state/journal.ts'

export type SimulationOptions = {
  machines: number
  speed: number
  tokens: readonly string[]
  cluster: string
  /** Whether plain POSTs and deleted privileges are answered with 200, which the client fog insists on. */
  fog: boolean
  /** File in which the state is kept; null keeps it in memory. */
  state: string | null
}

/** The BigV that a server shows, which the control path may replace by a fresh one. */
export class Simulation {
  readonly tokens: FixedTokens
  readonly #options: SimulationOptions
  readonly #journal: Journal | null
  #brain: Brain

  /** Throws a StateError when the state file cannot be used. */
  constructor(options: SimulationOptions) {
    this.#options = options
    this.tokens = new Map(options.tokens.map((token) => [token, demoUser.username]))
    this.#journal = options.state === null ? null : new Journal(options.state)
    try {
      this.#brain = this.#restored() ?? this.#built({ machines: options.machines })
    } catch (error) {
      this.#journal?.close()
      if (options.state === null || error instanceof StateError) throw error
      throw new StateError(`${options.state} cannot be used: ${(error as Error).message}`, { cause: error })
    }
  }

  get isForFog(): boolean {
    return this.#options.fog
  }

  get brain(): Brain {
    return this.#brain
  }

  /** Starts anew with a fleet as at the start, or another. */
  reset(fleet: Partial<Fleet> = {}): void {
    this.#brain.stop()
    this.#brain = this.#built({ machines: this.#options.machines, ...fleet })
  }

  /** Ends all background work. */
  stop(): void {
    this.#brain.stop()
    this.#journal?.close()
  }

  /** Returns the brain that the state file keeps, if there is one. */
  #restored(): Brain | null {
    if (!this.#journal) return null
    const brain = new Brain(this.#options)
    const at = this.#journal.load(brain.store)
    if (at === null) return null
    brain.clock.setTime(at)
    return this.#kept(brain)
  }

  /** Returns a new brain with that fleet. */
  #built(fleet: Fleet): Brain {
    const brain = new Brain(this.#options)
    brain.store.transaction(() => buildFleet(brain, fleet))
    this.#journal?.snapshot(brain.store, brain.clock.now())
    return this.#kept(brain)
  }

  /** Makes a brain ready to be asked: from now on what changes in it is written down. */
  #kept(brain: Brain): Brain {
    // The texts of rows are kept once they are made: the first list of a large fleet need not wait for them
    for (const machine of brain.store.machines.all()) brain.views.machine(machine)
    const journal = this.#journal
    if (journal)
      brain.store.onCommit((changes) => {
        if (this.#brain === brain) journal.append(brain.store, changes, brain.clock.now())
      })
    return brain
  }
}
