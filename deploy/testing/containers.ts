import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../../tools/root.ts'

/** Exit status of a command (1 if a signal or the time-out ended it), and its output. */
type Result = { status: number; output: string }

export type Containers = {
  /** runs docker or podman, with arguments that both accept */
  run: (args: string[]) => Promise<Result>
  /** build arguments for base images made by base-images.sh */
  bases: string[]
}

const INFO_LIMIT_MS = 30_000
const PULL_LIMIT_MS = 10 * 60_000

/** The base images of deploy/Dockerfile, with their build arguments. */
const BASES = [
  ...readFileSync(path.join(ROOT, 'deploy/Dockerfile'), 'utf8').matchAll(/^ARG (\w+)=(\S+)$/gm),
].map(([, argument = '', base = '']) => ({ argument, base }))

/** Docker or Podman, whichever can build the image here. If neither can, one line that says what Docker and Podman lack. */
export async function findContainers(): Promise<Containers | string> {
  const missing: string[] = []
  for (const command of ['docker', 'podman']) {
    const found = await basesOf(command)
    if (typeof found !== 'string') return { run: (args) => run(command, args), bases: found }
    missing.push(`${command}: ${found}`)
  }
  return missing.join('; ')
}

/**
 * The build arguments for base images that exist locally or can be pulled. If there are none, one line that says what is
 * missing.
 */
async function basesOf(command: string): Promise<string[] | string> {
  const info = await run(command, ['info'], INFO_LIMIT_MS)
  if (info.status !== 0) return lastLine(info)
  const isHere = async (image: string) => (await run(command, ['image', 'inspect', image])).status === 0
  const found: string[] = []
  for (const { argument, base } of BASES) {
    if (await isHere(base)) continue
    const made = `localhost/bigv-base-${argument.toLowerCase()}`
    if (await isHere(made)) {
      found.push('--build-arg', `${argument}=${made}`)
      continue
    }
    const pulled = await run(command, ['pull', '--quiet', base], PULL_LIMIT_MS)
    if (pulled.status !== 0) return `${base} is not here and could not be pulled (${lastLine(pulled)})`
  }
  return found
}

function lastLine({ output }: Result): string {
  return output.trim().split('\n').at(-1) ?? ''
}

/** Runs a command in the repository's folder. Never throws: a missing command fails with the system's message as output. */
function run(command: string, args: string[], timeout = 0): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout })
    let output = ''
    const collect = (text: Buffer) => {
      output += text.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ status: 1, output: output + error.message }))
    child.once('close', (code) => resolve({ status: code ?? 1, output }))
  })
}
