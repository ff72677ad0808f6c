import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT, run, type RunResult } from '../../tools/run.ts'

/** docker or podman, with arguments that both take. */
type Containers = (args: string[]) => Promise<RunResult>

const INFO_LIMIT_MS = 30_000
const PULL_LIMIT_MS = 10 * 60_000

/** The images that deploy/Dockerfile stands on. */
const BASES = [
  ...readFileSync(path.join(ROOT, 'deploy/Dockerfile'), 'utf8').matchAll(/^ARG \w+=(\S+)$/gm),
].map(([, base = '']) => base)

/** Docker or podman, whichever can build the image here; or what each of them lacks for that, in a line. */
export async function findContainers(): Promise<Containers | string> {
  const lacking: string[] = []
  for (const command of ['docker', 'podman']) {
    const lack = await whatLacks(command)
    if (lack === null) return (args) => run(command, args, { quiet: true })
    lacking.push(`${command}: ${lack}`)
  }
  return lacking.join('; ')
}

async function whatLacks(command: string): Promise<string | null> {
  const info = await run(command, ['info'], { quiet: true, timeout: INFO_LIMIT_MS })
  if (info.status !== 0) return lastLine(info)
  for (const base of BASES) {
    if ((await run(command, ['image', 'inspect', base], { quiet: true })).status === 0) continue
    const pulled = await run(command, ['pull', '--quiet', base], { quiet: true, timeout: PULL_LIMIT_MS })
    if (pulled.status !== 0) return `${base} is not here and cannot be had (${lastLine(pulled)})`
  }
  return null
}

function lastLine({ output }: RunResult): string {
  return output.trim().split('\n').at(-1) ?? ''
}
