/** How a simulator is to be started. */
export type Settings = {
  port: number
  host: string
  machines: number
  speed: number
  tokens: string[]
  control: boolean
  cluster: string
  fog: boolean
  state: string | null
}

/** A setting that cannot be understood; its message names it. */
export class SettingError extends Error {}

/** What `--help` prints. */
export const help = `A BigV of your own: an HTTP server that behaves like the virtual machine
platform's API.

Usage: npm run simulator

Settings are taken from the environment:

  BIGV_SIMULATOR_PORT      port to listen on; 0 for any free one (4100)
  BIGV_SIMULATOR_HOST      address to listen on (127.0.0.1)
  BIGV_SIMULATOR_MACHINES  number of machines in acme's group default (42)
  BIGV_SIMULATOR_SPEED     how many times faster than life machines start, stop
                           and install (1); 0 makes time stand still
  BIGV_SIMULATOR_TOKENS    bearer tokens to take as the demo user's, separated
                           by commas (none)
  BIGV_SIMULATOR_CLUSTER   tail of every host name (uk0.bigv.io)
  BIGV_SIMULATOR_FOG       1 answers plain POSTs with 200 as the client fog wants
                           it; 201 by the documents (0)
  BIGV_SIMULATOR_STATE     file to keep the state in across restarts; a new one
                           starts with the fleet (none: in memory)
  BIGV_SIMULATOR_CONTROL   1 opens the control path for tests, /_control/, to
                           this computer (0)

Whatever a tool for BigV sends is taken: HTTP Basic, with X-Yubikey-Otp where it
is needed; a bearer token of the setting above; or a session's, from POST
/session at the same address, good for five minutes after each use. For the
dashboard on it, start that with its address as both:

  BIGV_URL=http://127.0.0.1:4100 BIGV_AUTH_URL=http://127.0.0.1:4100 npm run dev

Users: demo, password demo (admin of the accounts acme and birch); colleague,
password colleague (may look at acme, and change its group staging); yubi,
password yubi (needs an X-Yubikey-Otp of 44 letters out of cbdefghijklnrtuv);
staff, password staff (may do everything).

simulator/README.md says how to steer it from tests, and what is left out.
`

const number = (name: string, text: string, least: number, most: number, whole = true): number => {
  const value = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : NaN
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new SettingError(`${name} must be ${kind} from ${least} to ${most}, not "${text}"`)
}

const flag = (name: string, text: string): boolean => {
  if (text === '1') return true
  if (text === '0') return false
  throw new SettingError(`${name} must be 1 or 0, not "${text}"`)
}

const cluster = (name: string, text: string): string => {
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(text)) return text
  throw new SettingError(`${name} must be a host name, not "${text}"`)
}

/** Reads the settings from an environment; throws a SettingError for one that cannot be understood. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const of = (name: string, otherwise: string): string => environment[name]?.trim() || otherwise
  return {
    port: number('BIGV_SIMULATOR_PORT', of('BIGV_SIMULATOR_PORT', '4100'), 0, 65_535),
    host: of('BIGV_SIMULATOR_HOST', '127.0.0.1'),
    machines: number('BIGV_SIMULATOR_MACHINES', of('BIGV_SIMULATOR_MACHINES', '42'), 0, 100_000),
    speed: number('BIGV_SIMULATOR_SPEED', of('BIGV_SIMULATOR_SPEED', '1'), 0, 1_000_000, false),
    tokens: of('BIGV_SIMULATOR_TOKENS', '')
      .split(',')
      .map((token) => token.trim())
      .filter(Boolean),
    cluster: cluster('BIGV_SIMULATOR_CLUSTER', of('BIGV_SIMULATOR_CLUSTER', 'uk0.bigv.io')),
    fog: flag('BIGV_SIMULATOR_FOG', of('BIGV_SIMULATOR_FOG', '0')),
    state: of('BIGV_SIMULATOR_STATE', '') || null,
    control: flag('BIGV_SIMULATOR_CONTROL', of('BIGV_SIMULATOR_CONTROL', '0')),
  }
}
