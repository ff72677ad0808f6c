import { spawn, type ChildProcess } from 'node:child_process'
import { ROOT } from '../root.ts'

/** A command of this repository in a separate process, with its output. */
export class Child {
  output = ''
  /** resolves to the exit status, or to the name of the signal that ended it */
  readonly ended: Promise<number | string>
  #process: ChildProcess
  #waiting = new Set<() => void>()

  /** @param args the arguments for Node.js: a script in the repository and the script's arguments */
  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const collect = (text: Buffer) => {
      this.output += text.toString()
      this.#check()
    }
    this.#process.stdout?.on('data', collect)
    this.#process.stderr?.on('data', collect)
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (status, signal) => {
        resolve(status ?? signal ?? 'unknown')
        this.#check()
      })
    })
  }

  /**
   * Waits until the output matches the pattern, and returns the match.
   * @throws if the process ends first
   */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = pattern.exec(this.output)
        if (found) resolve(found)
        else if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
          reject(new Error(`The process ended. Its output was:\n${this.output}`))
        } else return
        this.#waiting.delete(check)
      }
      this.#waiting.add(check)
      check()
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name)
  }

  /** Kills the process, if it still runs. */
  async stop(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.ended
  }

  #check(): void {
    for (const check of this.#waiting) check()
  }
}
