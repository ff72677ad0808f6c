import type { Definitions } from '../../../api/definitions.ts'
import { PROTOTYPE } from './attributes.ts'
import { takeBundle, type Taken } from './take-bundle.ts'

const TEXTS = ['name', 'hardware_profile', 'zone_name', 'keymap', 'cdrom_url']
const NUMBERS = ['cores', 'memory']
const FLAGS = ['hardware_profile_locked', 'power_on', 'autoreboot_on']
const IMAGE = ['distribution', 'ssh_public_key']
const ADDRESSES = ['ipv4', 'ipv6']
/** What else the wizard's URL may have. */
const OWN = new Set(['step', 'run', 'from'])
const KNOWN = new Set([...TEXTS, ...NUMBERS, ...FLAGS, ...IMAGE, ...ADDRESSES, 'disc'])

/** Whether the query of the wizard's URL fills in anything, or means to. */
export function fillsIn(params: URLSearchParams): boolean {
  return [...params.keys()].some((name) => !OWN.has(name))
}

/** Takes the query of the wizard's URL and returns what the form takes of it. A script and a password are never taken from there. */
export function takeLink(params: URLSearchParams, definitions: Definitions | undefined): Taken {
  const pick = (names: readonly string[], read: (text: string) => unknown) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = params.get(name)
        return value === null ? [] : [[name, read(value)]]
      }),
    )
  const distribution = params.get('distribution')
  const keys = params.getAll('ssh_public_key')
  const discs = params.getAll('disc')
  const image = {
    ...(distribution !== null && { distribution }),
    ...(keys.length > 0 && { ssh_public_key: keys.join('\n') }),
  }
  const bundle = {
    virtual_machine: {
      ...pick(TEXTS, (text) => text),
      ...pick(NUMBERS, (text) => (/^\d+$/.test(text) ? Number(text) : text)),
      ...pick(FLAGS, flagIn),
    },
    ...(discs.length > 0 && { discs: discs.filter((disc) => disc !== 'none').map(discIn) }),
    ...(Object.keys(image).length > 0 && distribution !== 'none' && { reimage: image }),
    ips: pick(ADDRESSES, (text) => text),
  }
  const { values, notTaken } = takeBundle(bundle, definitions, false)
  for (const name of new Set(params.keys())) {
    if (OWN.has(name) || KNOWN.has(name) || PROTOTYPE.has(name)) continue
    const why = SECRET.has(name)
      ? 'It is a secret, and is not taken from a link.'
      : 'The wizard knows no such attribute.'
    notTaken.push({ field: name, why })
  }
  return { values: { ...values, ...(distribution === 'none' && { system: 'none' }) }, notTaken }
}

const SECRET = new Set(['root_password', 'password', 'firstboot_script'])

function flagIn(text: string): unknown {
  if (text === 'true') return true
  return text === 'false' ? false : text
}

function discIn(text: string): unknown {
  const [, size, storage_grade, label] = /^(\d+):([^:]*):(.+)$/.exec(text) ?? []
  if (size === undefined) return text
  return { label, size: Number(size), ...(storage_grade !== '' && { storage_grade }) }
}
