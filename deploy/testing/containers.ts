import { run, type RunResult } from '../../tools/run.ts'

/** Runs docker or podman, whichever works here, with arguments that both take; null where neither does. */
export async function findContainers(): Promise<((args: string[]) => Promise<RunResult>) | null> {
  for (const command of ['docker', 'podman']) {
    const { status } = await run(command, ['info'], { quiet: true, timeout: 30_000 })
    if (status === 0) return (args) => run(command, args, { quiet: true })
  }
  return null
}
