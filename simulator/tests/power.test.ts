import { describe, expect, test } from 'vitest'
import { times } from '../rules/limits.ts'
import { machinePath, useBigV } from './bigv.ts'

const bigv = useBigV()
const autoreboot = times.notice + times.start

/** Creates an account with one machine in the given state; returns functions to use the machine. */
const machineWith = async (state: { power_on: boolean; autoreboot_on: boolean; ignores_acpi?: boolean }) => {
  const account = await bigv.control.createAccount({ machines: [{ name: 'www1', ...state }] })
  const ask = bigv.owner(account)
  const path = machinePath(account, 'www1')
  const id = account.machines[0]?.id ?? 0
  const now = async () => {
    const { power_on, autoreboot_on } = await bigv.control.machine(id)
    return { power_on, autoreboot_on }
  }
  return { ask, path, id, now }
}

const on = { power_on: true, autoreboot_on: false }
const onAutoreboot = { power_on: true, autoreboot_on: true }
const off = { power_on: false, autoreboot_on: false }
const offAutoreboot = { power_on: false, autoreboot_on: true }

type Flags = { power_on: boolean; autoreboot_on: boolean }
type Row = [what: string, before: Flags, put: Partial<Flags>, atOnce: Flags, afterwards: Flags]

/** The truth table of the power flags: the state before a PUT, the PUT, the state right after it, and the final state. */
const powerTable: Row[] = [
  ['start', off, { autoreboot_on: true, power_on: true }, offAutoreboot, onAutoreboot],
  ['start without autoreboot_on', off, { power_on: true }, off, on],
  ['start by autoreboot_on alone', off, { autoreboot_on: true }, offAutoreboot, onAutoreboot],
  ['stop', onAutoreboot, { autoreboot_on: false, power_on: false }, off, off],
  ['stop without autoreboot_on', on, { power_on: false }, off, off],
  ['reboot', onAutoreboot, { autoreboot_on: true, power_on: false }, offAutoreboot, onAutoreboot],
  ['reboot without autoreboot_on', on, { autoreboot_on: true, power_on: false }, offAutoreboot, onAutoreboot],
  ['reboot by power_on alone', onAutoreboot, { power_on: false }, offAutoreboot, onAutoreboot],
  ['turn autoreboot_on off alone', onAutoreboot, { autoreboot_on: false }, on, on],
  ['stop when off', off, { autoreboot_on: false, power_on: false }, off, off],
  ['start when on', onAutoreboot, { autoreboot_on: true, power_on: true }, onAutoreboot, onAutoreboot],
  ['change nothing', onAutoreboot, {}, onAutoreboot, onAutoreboot],
]

// docs/bigv-api.md#power
describe('a PUT of the power flags', () => {
  test.each(powerTable)('follows the truth table: %s', async (_what, before, put, atOnce, afterwards) => {
    const { ask, path, now } = await machineWith(before)
    const answer = await ask('PUT', path, put)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject(atOnce)
    expect(await now()).toEqual(atOnce)
    await bigv.control.advance(autoreboot)
    expect(await now()).toEqual(afterwards)
  })

  test('shows a machine as off until its start is done', async () => {
    const { ask, path, now } = await machineWith(off)
    await ask('PUT', path, { power_on: true, autoreboot_on: true })
    await bigv.control.advance(times.start - 1)
    expect(await now()).toEqual(offAutoreboot)
    await bigv.control.advance(1)
    expect(await now()).toEqual(onAutoreboot)
  })

  test('cancels a start when the machine is stopped', async () => {
    const { ask, path, now } = await machineWith(off)
    await ask('PUT', path, { power_on: true, autoreboot_on: true })
    await ask('PUT', path, { power_on: false, autoreboot_on: false })
    await bigv.control.advance(autoreboot)
    expect(await now()).toEqual(off)
  })

  test('cancels an automatic start when autoreboot_on is turned off in time', async () => {
    const { ask, path, now } = await machineWith(onAutoreboot)
    await ask('PUT', path, { power_on: false })
    await ask('PUT', path, { autoreboot_on: false })
    await bigv.control.advance(autoreboot)
    expect(await now()).toEqual(off)
  })

  test('starts a machine on another head, and shows no head while it is off', async () => {
    const { ask, path, id } = await machineWith(onAutoreboot)
    const { head } = await bigv.control.machine(id)
    expect(head).toMatch(/^head\d+$/)
    const answer = await ask('PUT', path, { power_on: false })
    expect(answer.json).toMatchObject({ head: null })
    await bigv.control.advance(autoreboot)
    const after = await bigv.control.machine(id)
    expect(after.head).toMatch(/^head\d+$/)
    expect(after.head).not.toBe(head)
  })
})

test('a machine with keeps_head restarts on the same head', async () => {
  const { ask, path, id } = await machineWith(onAutoreboot)
  const { head } = await bigv.control.setMachine(id, { keeps_head: true })
  await ask('PUT', path, { power_on: false })
  expect(await bigv.control.machine(id)).toMatchObject({ power_on: false, head: null })
  await bigv.control.advance(autoreboot)
  expect(await bigv.control.machine(id)).toMatchObject({ power_on: true, head })
})

test('a running machine keeps its pending changes if a test moves it to another head', async () => {
  const { ask, path, id } = await machineWith(onAutoreboot)
  await ask('PUT', path, { cores: 7 })
  await bigv.control.setMachine(id, { head: 'head77' })
  expect((await ask('GET', path)).json).toMatchObject({ ...onAutoreboot, head: 'head77' })
  expect(await bigv.control.machine(id)).toMatchObject({ pending: true })
  await bigv.control.setMachine(id, { power_on: false, autoreboot_on: false })
  await bigv.control.setMachine(id, { head: 'head78' })
  expect((await ask('GET', path)).json).toMatchObject({ head: null })
})

describe('a powerdown signal', () => {
  const signal = { signal: 'powerdown' }

  test('shuts the guest down after some time', async () => {
    const { ask, path, now } = await machineWith(on)
    const answer = await ask('POST', `${path}/signal`, signal)
    expect(answer).toMatchObject({ status: 200, json: signal })
    await bigv.control.advance(times.shutdown.min - 1)
    expect(await now()).toEqual(on)
    await bigv.control.advance(times.shutdown.max)
    expect(await now()).toEqual(off)
  })

  test('restarts a machine with autoreboot_on', async () => {
    const { ask, path, now } = await machineWith(onAutoreboot)
    await ask('POST', `${path}/signal`, signal)
    await bigv.control.advance(times.shutdown.max)
    await bigv.control.advance(autoreboot)
    expect(await now()).toEqual(onAutoreboot)
  })

  test('has no effect if the guest ignores it', async () => {
    const { ask, path, now } = await machineWith({ ...on, ignores_acpi: true })
    await ask('POST', `${path}/signal`, signal)
    await bigv.control.advance(24 * 60 * 60 * 1000)
    expect(await now()).toEqual(on)
  })

  test('is refused while the machine is off', async () => {
    const { ask, path } = await machineWith(off)
    const answer = await ask('POST', `${path}/signal`, signal)
    expect(answer).toMatchObject({ status: 400, type: 'application/json' })
  })
})

test('a PUT that starts a machine gets its answer only once the machine is on', async () => {
  const { ask, path } = await machineWith(off)
  await bigv.control.setSpeed(100)
  const answer = await ask('PUT', path, { power_on: true, autoreboot_on: true })
  await bigv.control.pauseTime()
  expect(answer.json).toMatchObject(onAutoreboot)
})
