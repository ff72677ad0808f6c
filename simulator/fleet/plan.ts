import type { NewDisc } from '../machine/create.ts'
import type { NewMachine } from '../resources/machines.ts'

/** A machine that is ready when the simulator starts. */
export type ExistingMachine = NewMachine & {
  discs?: NewDisc[]
  ignores_acpi?: boolean
  deleted?: boolean
  /** The system on its first disc, if any. */
  distribution?: string
}

/** Random picks that are the same in every run. */
type Random = {
  /** A number from 0 up to 1. */
  next(): number
  /** One of the values; list a value twice to pick it twice as often. */
  pick<T>(values: readonly [T, ...T[]]): T
}

/** A generator (mulberry32) whose picks depend only on the seed. */
const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, pick: (values) => values[Math.floor(next() * values.length)] ?? values[0] }
}

const gib = 1024

type Role = {
  name: string
  share: number
  cores: readonly [number, ...number[]]
  memory: readonly [number, ...number[]]
  data?: { label: string; size: number; storage_grade: string }
}

/** The machines of a typical company: how many of each kind in a hundred, and their sizes in MiB. */
const roles: readonly Role[] = [
  { name: 'web', share: 34, cores: [1, 2, 2, 4], memory: [1 * gib, 2 * gib, 4 * gib] },
  {
    name: 'app',
    share: 20,
    cores: [2, 4],
    memory: [4 * gib, 8 * gib],
    data: { label: 'logs', size: 20 * gib, storage_grade: 'sata' },
  },
  { name: 'worker', share: 18, cores: [2, 4, 8], memory: [4 * gib, 8 * gib, 16 * gib] },
  {
    name: 'db',
    share: 8,
    cores: [4, 8],
    memory: [16 * gib, 32 * gib, 64 * gib],
    data: { label: 'data', size: 400 * gib, storage_grade: 'ssd' },
  },
  { name: 'cache', share: 6, cores: [2], memory: [8 * gib, 16 * gib] },
  { name: 'queue', share: 5, cores: [2], memory: [2 * gib, 4 * gib] },
  {
    name: 'mail',
    share: 4,
    cores: [1, 2],
    memory: [2 * gib],
    data: { label: 'mailboxes', size: 200 * gib, storage_grade: 'sata' },
  },
  {
    name: 'backup',
    share: 3,
    cores: [1],
    memory: [1 * gib],
    data: { label: 'store', size: 1000 * gib, storage_grade: 'archive' },
  },
  { name: 'build', share: 2, cores: [8], memory: [16 * gib] },
]

const ordinary = (random: Random, role: Role, number: number): ExistingMachine => {
  const stopped = random.next() < 0.07
  const grade = random.pick(['sata', 'sata', 'sata', 'ssd', 'sas'])
  return {
    name: `${role.name}${number}`,
    cores: random.pick(role.cores),
    memory: random.pick(role.memory),
    power_on: !stopped,
    autoreboot_on: !stopped,
    hardware_profile: random.pick([
      'virtio2013',
      'virtio2013',
      'virtio2013',
      'compatibility2013',
      'virtio2011',
    ]),
    hardware_profile_locked: random.next() < 0.1,
    zone_name: random.pick(['york', 'york', 'manchester']),
    distribution: random.pick(['wheezy', 'wheezy', 'precise', 'squeeze', 'centos-6.3', 'symbiosis']),
    discs: [
      { size: random.pick([25, 25, 50, 100]) * gib, storage_grade: grade },
      ...(role.data ? [role.data] : []),
    ],
  }
}

/** Special machines: each has a feature that the ordinary machines lack. */
const special: readonly ExistingMachine[] = [
  {
    name: 'stubborn',
    cores: 2,
    memory: 4 * gib,
    power_on: true,
    autoreboot_on: true,
    ignores_acpi: true,
    distribution: 'squeeze',
    discs: [{ size: 25 * gib }],
  },
  {
    name: 'installer',
    cores: 2,
    memory: 2 * gib,
    power_on: true,
    autoreboot_on: false,
    cdrom_url: 'https://images.example.com/debian-7.11.0-amd64-netinst.iso',
    keymap: 'en-gb',
    discs: [{ size: 50 * gib, storage_grade: 'ssd' }],
  },
  {
    name: 'office-ad',
    cores: 4,
    memory: 8 * gib,
    power_on: true,
    autoreboot_on: true,
    hardware_profile: 'compatibility2011',
    hardware_profile_locked: true,
    keymap: 'de',
    distribution: 'winstd2012',
    discs: [{ size: 80 * gib }, { label: 'shares', size: 500 * gib, storage_grade: 'archive' }],
  },
  { name: 'blank', cores: 1, memory: 1 * gib },
  {
    name: 'old-shop',
    cores: 2,
    memory: 4 * gib,
    deleted: true,
    distribution: 'squeeze',
    discs: [{ size: 50 * gib }],
  },
  {
    name: 'old-wiki',
    cores: 1,
    memory: 1 * gib,
    deleted: true,
    distribution: 'squeeze',
    discs: [{ size: 25 * gib }],
  },
]

/** A plausible fleet of `count` machines, the special ones first. The fleet is the same in every run. */
export const plannedMachines = (count: number, seed: number): ExistingMachine[] => {
  const random = seededRandom(seed)
  const deck = roles.flatMap((role) => Array.from({ length: role.share }, () => role))
  const numbers = new Map<string, number>()
  const planned = special.slice(0, count)
  for (let index = 0; planned.length < count; index++) {
    const role = deck[(index * 37) % deck.length]
    if (!role) break
    const number = (numbers.get(role.name) ?? 0) + 1
    numbers.set(role.name, number)
    planned.push(ordinary(random, role, number))
  }
  return planned
}

/** The machines of acme's group `staging`. */
export const stagingMachines: readonly ExistingMachine[] = [
  {
    name: 'web1',
    cores: 1,
    memory: 1 * gib,
    power_on: true,
    autoreboot_on: true,
    distribution: 'wheezy',
    discs: [{ size: 25 * gib }],
  },
  { name: 'web2', cores: 1, memory: 1 * gib, distribution: 'wheezy', discs: [{ size: 25 * gib }] },
  {
    name: 'db1',
    cores: 2,
    memory: 4 * gib,
    power_on: true,
    distribution: 'wheezy',
    discs: [{ size: 50 * gib, storage_grade: 'ssd' }],
  },
]

/** The machines of the second account. */
export const smallMachines: readonly ExistingMachine[] = [
  {
    name: 'www',
    cores: 1,
    memory: 1 * gib,
    power_on: true,
    autoreboot_on: true,
    distribution: 'precise',
    discs: [{ size: 25 * gib }],
  },
  {
    name: 'git',
    cores: 1,
    memory: 2 * gib,
    power_on: true,
    autoreboot_on: true,
    distribution: 'wheezy',
    discs: [{ size: 25 * gib }, { label: 'repos', size: 50 * gib }],
  },
]
