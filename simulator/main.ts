import { startSimulator } from './server.ts'
import { help, readSettings, SettingError, type Settings } from './settings.ts'
import { StateError } from './state/file.ts'

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

const loadSettings = (): Settings => {
  try {
    return readSettings(process.env)
  } catch (error) {
    if (error instanceof SettingError) return fail(`${error.message}. Try --help.`)
    throw error
  }
}

const start = async (): Promise<void> => {
  const settings = loadSettings()
  try {
    const simulator = await startSimulator(settings)
    process.stdout.write(
      `BigV simulator running at ${simulator.url} (user demo, password demo). Press Ctrl-C to stop it.\n`,
    )
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
  } catch (error) {
    if (error instanceof StateError) fail(error.message)
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      fail(
        `Port ${settings.port} is in use. Set BIGV_SIMULATOR_PORT to another port, or to 0 for any free one.`,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES')
      fail(
        `Couldn't listen on ${settings.host}, port ${settings.port}: ${(error as Error).message}. ` +
          'Check BIGV_SIMULATOR_HOST and BIGV_SIMULATOR_PORT.',
      )
    throw error
  }
}

const [argument] = process.argv.slice(2)
if (argument === '--help' || argument === '-h') process.stdout.write(help)
else if (argument === undefined) await start()
else fail(`Unknown argument "${argument}". Try --help.`)
