import type { SimulatorOptions } from './server.ts'

/** The settings of the command; `help` explains them. */
export type Settings = Required<SimulatorOptions>

/** Thrown for a setting with an invalid value. The message contains the setting's name and value. */
export class SettingError extends Error {}

/** The text of `--help`. */
export const help = `A simulated BigV: an HTTP server that behaves like the API of BigV, Bytemark's
platform for virtual machines.

Usage: npm run simulator

Settings are environment variables, with their defaults in brackets:

  BIGV_SIMULATOR_PORT      port to listen on; 0 picks a free one (4100)
  BIGV_SIMULATOR_HOST      address to listen on (127.0.0.1)
  BIGV_SIMULATOR_MACHINES  number of machines in the group default of the
                           account acme (42)
  BIGV_SIMULATOR_SPEED     how many times faster than in reality machines start,
                           stop and install (1); 0 stops time
  BIGV_SIMULATOR_TOKENS    bearer tokens that sign in as demo, separated by
                           commas (none)
  BIGV_SIMULATOR_CLUSTER   end of every host name (uk0.bigv.io)
  BIGV_SIMULATOR_CREATED   1: a POST that creates something answers 201, as
                           BigV's documents say; 0: 200, which every client
                           accepts (0)
  BIGV_SIMULATOR_FOG       1: DELETE of a privilege answers 200, which the client
                           fog needs; 0: 204, as BigV's documents say (0)
  BIGV_SIMULATOR_STATE     file that keeps the state across restarts; a new file
                           starts with the demo's machines (none: in memory)
  BIGV_SIMULATOR_CONTROL   1: opens /_control/, through which tests steer the
                           simulator, to this computer only (0)

You can sign in with HTTP Basic (and X-Yubikey-Otp where a user needs it), a
token of BIGV_SIMULATOR_TOKENS, an API key, or a session token. POST /session at
the same address gives you one; it expires five minutes after its last use.

To use the dashboard with the simulator, give its address twice:

  BIGV_URL=http://127.0.0.1:4100 BIGV_AUTH_URL=http://127.0.0.1:4100 npm run dev

Users, each with their name as the password:

  demo       admin of the accounts acme and birch
  colleague  can see acme, and change its group staging
  yubi       admin of acme; needs an X-Yubikey-Otp of 44 letters out of
             cbdefghijklnrtuv
  staff      can do everything

simulator/README.md explains how to steer the simulator from tests, and what it
leaves out.
`

const number = (name: string, text: string, min: number, max: number, whole = true): number => {
  const value = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : NaN
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new SettingError(`${name} must be ${kind} from ${min} to ${max}, not "${text}"`)
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

/** Reads the settings from the environment. Throws a SettingError if a setting is invalid. */
export const readSettings = (environment: Record<string, string | undefined>): Settings => {
  const of = (name: string, fallback: string): string => environment[name]?.trim() || fallback
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
    created: flag('BIGV_SIMULATOR_CREATED', of('BIGV_SIMULATOR_CREATED', '0')),
    fog: flag('BIGV_SIMULATOR_FOG', of('BIGV_SIMULATOR_FOG', '0')),
    state: of('BIGV_SIMULATOR_STATE', '') || null,
    control: flag('BIGV_SIMULATOR_CONTROL', of('BIGV_SIMULATOR_CONTROL', '0')),
  }
}
