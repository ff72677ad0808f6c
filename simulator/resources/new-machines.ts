import { isIPv4, isIPv6 } from 'node:net'
import { rights } from '../access/rights.ts'
import { jsonText, type Answer } from '../http/app.ts'
import { attributesOf, isHash, readAttributes, withoutNulls, type Body } from '../http/attributes.ts'
import { findGroup, type Call } from '../http/find.ts'
import { startCreation, type Addresses, type NewDisc } from '../machine/create.ts'
import { limits } from '../rules/limits.ts'
import { badValues, messages, refusal, refusals, tooMany, type FieldErrors } from '../rules/refusals.ts'
import { canonicalAddress } from '../state/addresses.ts'
import type { Disc, Group, Image } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { readImage, requireDiscFor, shownImage } from './commands.ts'
import { discText, readDiscs } from './discs.ts'
import { machineText, newMachineReaders, withDefaults, type NewMachine } from './machines.ts'

// docs/bigv-api.md#creation

type Wanted = { machine: NewMachine; discs: NewDisc[]; image: Image | null; addresses: Addresses }

/** Begins to create a machine. The creation fails if a test has set `buildFails`. */
const create = ({ bigv }: Call, group: Group, wanted: Wanted): ReturnType<typeof startCreation> => {
  const fails = bigv.buildFails > 0
  if (fails) bigv.buildFails -= 1
  const creation = { ...wanted, machine: withDefaults(wanted.machine), fails }
  return bigv.store.transaction(() => startCreation(bigv, group, creation, bigv.clock.now()))
}

/** POST .../virtual_machines: creates a machine without discs or a system, in the background. */
export const createMachine = (call: Call): Answer => {
  const { store } = call.bigv
  const { group } = findGroup(call, rights.createMachine)
  const wanted = attributesOf(withoutNulls(call.body), newMachineReaders(store, group.id), [
    'name',
  ]) as NewMachine
  const { machine } = create(call, group, { machine: wanted, discs: [], image: null, addresses: {} })
  return jsonText(202, machineText(call.bigv, machine))
}

/** Checks the requested addresses. A request may choose addresses only in a private VLAN. */
const readAddresses = (
  store: Store,
  group: Group,
  value: unknown,
): { addresses: Addresses; errors: FieldErrors } => {
  const addresses: Addresses = {}
  if (value === undefined || value === null) return { addresses, errors: {} }
  if (!isHash(value)) return { addresses, errors: { ips: [messages.invalid] } }
  const problems: string[] = []
  for (const [family, isAddress] of [
    ['ipv4', isIPv4],
    ['ipv6', isIPv6],
  ] as const) {
    const wanted = value[family]
    if (wanted === undefined || wanted === null || wanted === '') continue
    const address = typeof wanted === 'string' && isAddress(wanted) ? canonicalAddress(wanted) : null
    if (address === null) problems.push(`${family} ${messages.invalid}`)
    else if (store.ips.get(address)) problems.push(`${family} ${messages.taken}`)
    else addresses[family] = address
  }
  if (Object.keys(addresses).length > 0 && group.vlan_num === null) problems.push(refusals.ips_need_vlan.says)
  return { addresses, errors: problems.length > 0 ? { ips: problems } : {} }
}

const hashOf = (value: unknown): Body => (isHash(value) ? withoutNulls(value) : {})

const checkParts = ({ virtual_machine, discs, reimage }: Body): void => {
  if (!isHash(virtual_machine)) throw badValues({ virtual_machine: [messages.blank] })
  if (discs !== undefined && discs !== null && !Array.isArray(discs)) throw refusal('discs_no_list')
  if (reimage !== undefined && reimage !== null && !isHash(reimage)) throw refusal('reimage_no_hash')
}

/**
 * POST .../vm_create: creates a machine with its discs, system and addresses. If one part is invalid, creates nothing. In
 * the body of a 400, the errors of machine and system are at the top level, and `discs` has one object per disc.
 */
export const createBundle = (call: Call): Answer => {
  const { store } = call.bigv
  const { group } = findGroup(call, rights.createMachine)
  checkParts(call.body)
  const { virtual_machine, discs = [], reimage } = call.body
  const wanted = Array.isArray(discs) ? (discs as unknown[]) : []
  if (wanted.length > limits.discsPerMachine) throw tooMany('discs', limits.discsPerMachine)
  const machine = readAttributes(hashOf(virtual_machine), newMachineReaders(store, group.id), ['name'])
  const read = readDiscs(wanted)
  const image = isHash(reimage) ? readImage(withoutNulls(reimage)) : { image: null, errors: {} }
  const { addresses, errors } = readAddresses(store, group, call.body['ips'])
  const all: FieldErrors = { ...image.errors, ...errors, ...machine.errors, ...read.errors }
  if (Object.keys(all).length > 0) throw badValues(all)
  if (image.image) requireDiscFor(image.image, read.discs.length)
  const made = create(call, group, {
    machine: withDefaultPower(machine.values as NewMachine, image.image),
    discs: read.discs,
    image: image.image,
    addresses,
  })
  return jsonText(202, bundleText(call, machineText(call.bigv, made.machine), made.discs))
}

/** Without power flags, a machine with a system is started, because the docker-machine driver waits for it to be on. */
const withDefaultPower = (machine: NewMachine, image: Image | null): NewMachine =>
  image && machine.power_on === undefined && machine.autoreboot_on === undefined
    ? { ...machine, power_on: true }
    : machine

/** The JSON text of the request, completed with the new records, because fog reads the new machine from the answer. */
const bundleText = (call: Call, machine: string, discs: Disc[]): string => {
  const rows = discs.map((disc) => discText(call.bigv.store, disc))
  const { reimage } = call.body
  const image = isHash(reimage) ? `,"reimage":${JSON.stringify(shownImage(reimage))}` : ''
  return `{"virtual_machine":${machine},"discs":[${rows.join()}]${image}}`
}
