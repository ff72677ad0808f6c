import { isIPv4, isIPv6 } from 'node:net'
import { jsonText, type Answer } from '../http/answer.ts'
import { attributesOf, isHash, readAttributes, type Body } from '../http/attributes.ts'
import type { Call } from '../http/call.ts'
import { findGroup } from '../http/find.ts'
import { badValues, refusal, type FieldErrors } from '../http/refusal.ts'
import { startCreation, type Addresses, type MachineWish } from '../machine/create.ts'
import { rights } from '../rules/rights.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { refusals } from '../rules/refusals.ts'
import { statuses } from '../rules/statuses.ts'
import { canonicalAddress } from '../state/addresses.ts'
import type { Disc, Group } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { readDiscs } from './disc-attributes.ts'
import { readImage, shownImage } from './image-attributes.ts'
import { creationAttributes, machineName } from './machine-attributes.ts'

const creation = (store: Store, group: Group) => ({
  ...creationAttributes,
  name: machineName(store, group.id),
})

/** POST .../virtual_machines: a machine without discs and system, built in the background. [seed] */
export const createMachine = (call: Call): Answer => {
  const { store, views } = call.brain
  const { group } = findGroup(call, rights.createMachine.value)
  const wish = attributesOf(call.body, creation(store, group), ['name']) as MachineWish
  const { machine } = store.transaction(() =>
    startCreation(call.brain, group, { machine: wish, discs: [], image: null, addresses: {} }),
  )
  return jsonText(statuses.creation.value, views.machine(machine))
}

/** Reads the addresses asked for, which only a private VLAN lets one choose. [official][client][fog] */
const readAddresses = (
  store: Store,
  group: Group,
  value: unknown,
): { addresses: Addresses; errors: FieldErrors } => {
  const addresses: Addresses = {}
  if (value === undefined || value === null) return { addresses, errors: {} }
  if (!isHash(value)) return { addresses, errors: { ips: [messages.invalid] } }
  const faults: string[] = []
  for (const [family, isAddress] of [
    ['ipv4', isIPv4],
    ['ipv6', isIPv6],
  ] as const) {
    const wanted = value[family]
    if (wanted === undefined || wanted === null || wanted === '') continue
    const address = typeof wanted === 'string' && isAddress(wanted) ? canonicalAddress(wanted) : null
    if (address === null) faults.push(`${family} ${messages.invalid}`)
    else if (store.ips.get(address)) faults.push(`${family} ${messages.taken}`)
    else addresses[family] = address
  }
  if (Object.keys(addresses).length > 0 && group.vlan_num === null) faults.push(refusals.ips_need_vlan.says)
  return { addresses, errors: faults.length > 0 ? { ips: faults } : {} }
}

const hashOf = (value: unknown): Body => (isHash(value) ? value : {})

const checkParts = ({ virtual_machine, discs, reimage }: Body): void => {
  if (!isHash(virtual_machine)) throw badValues({ virtual_machine: [messages.blank] })
  if (discs !== undefined && discs !== null && !Array.isArray(discs)) throw refusal('discs_no_list')
  if (reimage !== undefined && reimage !== null && !isHash(reimage)) throw refusal('reimage_no_hash')
}

/**
 * POST .../vm_create: machine, discs, system and addresses in one, all or nothing [seed]. A 400 has the machine's and the
 * image's attributes at the top level, and one hash per disc [fixture].
 */
export const createBundle = (call: Call): Answer => {
  const { store, views } = call.brain
  const { group } = findGroup(call, rights.createMachine.value)
  checkParts(call.body)
  const { virtual_machine, discs = [], reimage } = call.body
  const wanted = Array.isArray(discs) ? (discs as unknown[]) : []
  if (wanted.length > limits.discsPerMachine.value) throw refusal('too_many_discs')
  const machine = readAttributes(hashOf(virtual_machine), creation(store, group), ['name'])
  const read = readDiscs(wanted)
  const image = isHash(reimage) ? readImage(reimage) : { image: null, errors: {} }
  const { addresses, errors } = readAddresses(store, group, call.body['ips'])
  const all: FieldErrors = { ...image.errors, ...errors, ...machine.errors, ...read.errors }
  if (Object.keys(all).length > 0) throw badValues(all)
  const made = store.transaction(() =>
    startCreation(call.brain, group, {
      machine: machine.values as MachineWish,
      discs: read.discs,
      image: image.image,
      addresses,
    }),
  )
  return jsonText(statuses.creation.value, filledIn(call, views.machine(made.machine), made.discs))
}

/** Returns the hash that was asked for, filled in: fog reads the machine from it. [fog][choice] */
const filledIn = (call: Call, machine: string, discs: Disc[]): string => {
  const rows = discs.map((disc) => call.brain.views.disc(disc))
  const { reimage } = call.body
  const image = isHash(reimage) ? `,"reimage":${JSON.stringify(shownImage(reimage))}` : ''
  return `{"virtual_machine":${machine},"discs":[${rows.join()}]${image}}`
}
