import type { CreateBundle } from '../../../actions/lifecycle.ts'
import type { Definitions } from '../../../api/definitions.ts'
import { links, type GroupRef } from '../../../lib/links.ts'
import { sshKeysIn } from '../../../lib/ssh-keys.ts'
import { PROTOTYPE_NAMES } from './attributes.ts'
import { importBundle, type Imported } from './import-bundle.ts'

// A link has one parameter for each attribute, with BigV's name, and repeats `disc=size:grade:label` and `ssh_public_key`.
// "none" means no discs, or no distribution.
const TEXTS = ['name', 'hardware_profile', 'zone_name', 'keymap', 'cdrom_url']
const NUMBERS = ['cores', 'memory']
const FLAGS = ['hardware_profile_locked', 'power_on', 'autoreboot_on']
const IMAGE = ['distribution', 'ssh_public_key']
const ADDRESSES = ['ipv4', 'ipv6']
const VALUES = new Set([...TEXTS, ...NUMBERS, ...FLAGS, ...IMAGE, ...ADDRESSES, 'disc'])
/** Parameters that the wizard uses itself: they aren't attributes of the machine. */
const OWN = new Set(['step', 'run', 'from'])
const SECRETS = new Set(['root_password', 'password', 'firstboot_script'])

/** A link to the wizard, filled in from a bundle without secrets (exportableBundle). Leaves out the script. */
export function exportLink(group: GroupRef, bundle: CreateBundle): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(bundle.virtual_machine)) params.append(name, String(value))
  const { discs = [], reimage, ips = {} } = bundle
  if (discs.length === 0) params.append('disc', 'none')
  // The label comes last, as it may contain colons.
  for (const { label, size, storage_grade } of discs)
    params.append('disc', `${size}:${storage_grade}:${label}`)
  params.append('distribution', reimage?.distribution ?? 'none')
  for (const key of sshKeysIn(reimage?.ssh_public_key ?? '')) params.append('ssh_public_key', key)
  for (const [family, address] of Object.entries(ips)) params.append(family, address)
  return `${links.create(group)}?${params.toString()}`
}

/** True if the wizard's URL has parameters for the form, including unknown ones. */
export function hasValues(params: URLSearchParams): boolean {
  return [...params.keys()].some((name) => !OWN.has(name))
}

/** Imports the values in the wizard's URL, but never a script or password. */
export function importLink(params: URLSearchParams, definitions: Definitions | undefined): Imported {
  const pick = (names: readonly string[], parse: (text: string) => unknown) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = params.get(name)
        return value === null ? [] : [[name, parse(value)]]
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
      ...pick(FLAGS, parseFlag),
    },
    ...(discs.length > 0 && { discs: discs.filter((disc) => disc !== 'none').map(parseDisc) }),
    ...(Object.keys(image).length > 0 && distribution !== 'none' && { reimage: image }),
    ips: pick(ADDRESSES, (text) => text),
  }
  const { values, ignored } = importBundle(bundle, definitions, false)
  for (const field of new Set(params.keys())) {
    if (OWN.has(field) || VALUES.has(field) || PROTOTYPE_NAMES.has(field)) continue
    const reason = SECRETS.has(field)
      ? 'Secrets aren’t taken from links.'
      : 'The wizard doesn’t support this attribute.'
    ignored.push({ field, reason })
  }
  return { values: { ...values, ...(distribution === 'none' && { system: 'none' }) }, ignored }
}

/** Returns invalid text unchanged, for importBundle to report. */
function parseFlag(text: string): unknown {
  if (text === 'true') return true
  return text === 'false' ? false : text
}

function parseDisc(text: string): unknown {
  const [, size, storage_grade, label] = /^(\d+):([^:]*):(.+)$/.exec(text) ?? []
  if (size === undefined) return text
  return { label, size: Number(size), ...(storage_grade !== '' && { storage_grade }) }
}
