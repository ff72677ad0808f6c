import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { boundBy } from '../actions/testing/bound.ts'
import { queryClient } from '../api/query-client.ts'
import { json, startFakeBigv, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { machine, REF } from '../api/testing/machines.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { signIn, signOut } from '../session/session.ts'
import { beginOperation, type Begun } from './run.ts'
import { clearOperations, operations, putOperation } from './store.ts'
import { DEMO, until } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'
import { fetchNow } from './watch-rounds.ts'

const nics = (...ips: string[]) => [{ id: 1, ips }]
const OWN = ['192.0.2.1']
const OTHER = ['192.0.2.2']
const also = { ...REF, id: 8, name: 'db' }

let bigv: FakeBigv
let own: VirtualMachine
let other: VirtualMachine
/** What a write does, and answers. */
let onWrite: (response: ServerResponse) => void

beforeEach(async () => {
  signIn(DEMO, false)
  own = machine({ network_interfaces: nics(...OWN) })
  other = machine({ id: 8, name: 'db', network_interfaces: nics(...OTHER) })
  onWrite = (response) => {
    const kept = own.network_interfaces
    own.network_interfaces = other.network_interfaces
    other.network_interfaces = kept
    json(response, 200, {})
  }
  bigv = await startFakeBigv()
  bigv.answer = ({ method, path }, response) => {
    if (method !== 'GET') onWrite(response)
    else json(response, 200, path.includes('/8?') ? other : own)
  }
})
afterEach(async () => {
  clearOperations()
  queryClient.clear()
  signOut()
  await bigv.close()
})

const swap = () =>
  beginOperation({
    bound: boundBy('swap_ips', { other: also, additional: false }),
    ref: REF,
    id: 7,
    name: 'web',
    decidedOn: { name: 'web', power_on: true, autoreboot_on: true, decidedOn: [OWN, OTHER] },
  })
const writes = () => bigv.received.filter(({ method }) => method !== 'GET')
const keyOf = (begun: Begun) => (begun.is === 'begun' ? begun.key : JSON.stringify(begun))

describe('an operation on two machines', () => {
  test('reads both, sends once, reads both again, and is done when both show it', async () => {
    const ended = await until(keyOf(await swap()), 'ended')
    expect(ended).toMatchObject({ outcome: 'done', also: { id: 8 } })
    expect(ended.note).toContain('web has 192.0.2.2 now, db has 192.0.2.1')
    expect(bigv.received.map(({ method, path }) => [method, /\d\?|swap/.exec(path)?.[0]])).toEqual([
      ['GET', '7?'],
      ['GET', '8?'],
      ['POST', 'swap'],
      ['GET', '7?'],
      ['GET', '8?'],
    ])
  })

  test('holds up both while it is running, and is held up by what is running on either', async () => {
    onWrite = () => {}
    keyOf(await swap())
    await vi.waitFor(() => expect(writes()).toHaveLength(1))
    for (const id of [7, 8]) {
      const begun = await beginOperation({ bound: boundBy('stop'), ref: REF, id, name: 'x' })
      expect(begun).toEqual({ is: 'refused', reason: '“Swap addresses” is still running.' })
    }
    clearOperations()
    putOperation(
      operation({ action: 'start', target: { ...REF, id: 8, name: 'db' }, patienceFrom: Date.now() }),
    )
    expect(await swap()).toEqual({ is: 'refused', reason: 'db: “Start” is still running.' })
    expect(writes()).toHaveLength(1)
  })

  test('sends nothing when the other machine will not do, or has other addresses than were shown', async () => {
    other.network_interfaces = nics('192.0.2.77')
    expect(await swap()).toMatchObject({ is: 'changed' })
    other.deleted = true
    expect(await swap()).toEqual({ is: 'refused', reason: 'db is deleted.' })
    expect(writes()).toEqual([])
    expect(operations()).toEqual([])
  })

  test('says of both where things stand when there was no answer', async () => {
    onWrite = (response) => response.destroy()
    const unclear = await until(keyOf(await swap()), 'ended')
    expect(unclear.outcome).toBe('unclear')
    expect(unclear.note).toMatch(/Both read again at .*: Both have the addresses that they had\./)
  })

  test('a disc that moves is done when the other machine has it', async () => {
    const disc = { id: 5, label: 'data', size: 2048 }
    Object.assign(own, { power_on: false, autoreboot_on: false, discs: [disc] })
    Object.assign(other, { power_on: false, autoreboot_on: false, discs: [] })
    onWrite = (response) => {
      own.discs = []
      json(response, 200, disc)
    }
    const begun = await beginOperation({
      bound: boundBy('move_disc', { id: 5, to: also }),
      ref: REF,
      id: 7,
      name: 'web',
    })
    await vi.waitFor(() => expect(bigv.received).toHaveLength(5))
    expect(operations()[0]?.phase).toBe('waiting')
    other.discs = [disc]
    await vi.waitFor(() => {
      fetchNow(keyOf(begun))
      expect(operations()[0]).toMatchObject({ phase: 'ended', outcome: 'done', note: 'db has it now.' })
    })
  })
})
