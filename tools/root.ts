import { spawn } from 'node:child_process'
import path from 'node:path'

/** The folder of the repository. */
export const ROOT = path.resolve(import.meta.dirname, '..')

type RunOptions = {
  /** added to this process's environment */
  env?: NodeJS.ProcessEnv
  /** collect the output instead of showing it */
  quiet?: boolean
  /** milliseconds after which the command is ended, and counts as failed */
  timeout?: number
}

/** How a command ended: its exit status (1 when a signal or the time-out ended it), and its output when quiet. */
export type RunResult = { status: number; output: string }

/**
 * Runs a command in the folder of the repository and waits for its end. It never throws: a command that does not
 * exist has failed with what the system says about it.
 */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const { env, quiet = false, timeout } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      ...(timeout && { timeout }),
    })
    let output = ''
    const collect = (text: Buffer) => {
      output += text.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => resolve({ status: 1, output: output + error.message }))
    child.once('close', (code) => resolve({ status: code ?? 1, output }))
  })
}

/**
 * Runs a package's command with this very Node.js, for neither npx nor a PATH is needed then.
 * @param script its file below node_modules
 */
export function runTool(script: string, args: string[], options?: RunOptions): Promise<RunResult> {
  return run(process.execPath, [path.join(ROOT, 'node_modules', script), ...args], options)
}
