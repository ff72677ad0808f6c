import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../../tools/root.ts'

/** How a command ended: its exit status (1 when a signal or the time-out ended it), and its output. */
type Result = { status: number; output: string }

export type Containers = {
  /** docker or podman, with arguments that both take */
  run: (args: string[]) => Promise<Result>
  /** arguments of a build, where it stands on bases that base-images.sh has made */
  bases: string[]
}

const INFO_LIMIT_MS = 30_000
const PULL_LIMIT_MS = 10 * 60_000

/** The images that deploy/Dockerfile stands on, by the names of their build arguments. */
const BASES = [
  ...readFileSync(path.join(ROOT, 'deploy/Dockerfile'), 'utf8').matchAll(/^ARG (\w+)=(\S+)$/gm),
].map(([, argument = '', base = '']) => ({ argument, base }))

/** Docker or podman, whichever can build the image here; or what each of them lacks for that, in a line. */
export async function findContainers(): Promise<Containers | string> {
  const lacking: string[] = []
  for (const command of ['docker', 'podman']) {
    const found = await basesOf(command)
    if (typeof found !== 'string') return { run: (args) => run(command, args), bases: found }
    lacking.push(`${command}: ${found}`)
  }
  return lacking.join('; ')
}

/** The arguments of a build that make it stand on images which are here, or can be had; or what is lacking. */
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
    if (pulled.status !== 0) return `${base} is not here and cannot be had (${lastLine(pulled)})`
  }
  return found
}

function lastLine({ output }: Result): string {
  return output.trim().split('\n').at(-1) ?? ''
}

/** Runs a command in the folder of the repository. It never throws: one that does not exist has failed with what the system says. */
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
