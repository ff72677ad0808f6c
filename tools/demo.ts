import { createLogger } from 'vite'
import { demoUser } from '../simulator/fleet/fleet.ts'
import { startSimulator, type Simulator } from '../simulator/server.ts'
import { readSettings, SettingError, type Settings } from '../simulator/settings.ts'
import { StateError } from '../simulator/state/file.ts'
import { startApp } from './app-server.ts'
import { readAuthUrl, readBigvUrl, StartError } from './settings.ts'

// npm run demo: the built dashboard and a simulated BigV in one process. Environment variables set the simulator's options
// (npm run simulator -- --help) and the dashboard's port (BIGV_DEMO_PORT).

const DEFAULT_PORT = 5173
const LAST_PORT = 65_535
const log = (line: string) => console.log(line)

// Set before everything else, so that a signal also stops a demo that is still starting.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    log('\nStopped.')
    process.exit(0) // stops both servers
  })
}

try {
  // The demo uses neither BIGV_URL nor BIGV_AUTH_URL, but reports an invalid value here, before you run npm run dev.
  readBigvUrl(process.env)
  readAuthUrl(process.env)
  const settings = readSettings(process.env)
  const port = readPort(process.env)
  const simulator = await startOnNextFreePort(settings)
  const logger = createLogger('info')
  const app = await startApp({ bigvUrl: simulator.url, port, demo: demoUser, logger })
  log(`
BigV dashboard   ${app.url}/
Simulated BigV   ${simulator.url}/

The sign-in page is filled in: account ${demoUser.account}, user ${demoUser.username}, password ${demoUser.password}.
Press Ctrl-C to stop both.`)
} catch (error) {
  if (!(error instanceof StartError || error instanceof SettingError || error instanceof StateError))
    throw error
  console.error(error.message)
  process.exit(1)
}

/** The dashboard's port. */
function readPort({ BIGV_DEMO_PORT: text }: NodeJS.ProcessEnv): number {
  const port = Number(text || DEFAULT_PORT)
  if (Number.isInteger(port) && port >= 0 && port <= LAST_PORT) return port
  throw new StartError(
    `BIGV_DEMO_PORT must be a whole number from 0 to ${LAST_PORT}; it is ${JSON.stringify(text)}.`,
  )
}

async function startOnNextFreePort(settings: Settings): Promise<Simulator> {
  for (let { port } = settings; port <= LAST_PORT; port++) {
    try {
      return await startSimulator({ ...settings, port })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      log(`Port ${port} is in use, so the simulated BigV takes the next one.`)
    }
  }
  throw new StartError(
    'No port is free for the simulated BigV. Set BIGV_SIMULATOR_PORT to a lower one, or to 0 for any free one.',
  )
}
