import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT, run, type RunResult } from '../../tools/run.ts'

export type Containers = {
  /** docker or podman, with arguments that both take */
  run: (args: string[]) => Promise<RunResult>
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
    if (typeof found !== 'string') return { run: (args) => run(command, args, { quiet: true }), bases: found }
    lacking.push(`${command}: ${found}`)
  }
  return lacking.join('; ')
}

/** The arguments of a build that make it stand on images which are here, or can be had; or what is lacking. */
async function basesOf(command: string): Promise<string[] | string> {
  const info = await run(command, ['info'], { quiet: true, timeout: INFO_LIMIT_MS })
  if (info.status !== 0) return lastLine(info)
  const isHere = async (image: string) =>
    (await run(command, ['image', 'inspect', image], { quiet: true })).status === 0
  const found: string[] = []
  for (const { argument, base } of BASES) {
    if (await isHere(base)) continue
    const made = `localhost/bigv-base-${argument.toLowerCase()}`
    if (await isHere(made)) {
      found.push('--build-arg', `${argument}=${made}`)
      continue
    }
    const pulled = await run(command, ['pull', '--quiet', base], { quiet: true, timeout: PULL_LIMIT_MS })
    if (pulled.status !== 0) return `${base} is not here and cannot be had (${lastLine(pulled)})`
  }
  return found
}

function lastLine({ output }: RunResult): string {
  return output.trim().split('\n').at(-1) ?? ''
}
