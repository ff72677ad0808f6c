import { beforeEach, describe, expect, test, vi } from 'vitest'
import { primaryAddresses } from '../actions/network.ts'
import { boundBy } from '../actions/testing/bound.ts'
import { REF } from '../api/testing/machines.ts'
import { cut, status } from '../api/testing/simulated-bigv.ts'
import { fetchMachine, type VirtualMachine } from '../api/virtual-machines.ts'
import { beginOperation } from './run.ts'
import { clearOperations, operations, putOperation } from './store.ts'
import { keyOf, until, useMachineAtBigv } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'
import { fetchNow } from './watch-rounds.ts'

const bigv = useMachineAtBigv({ power_on: false, autoreboot_on: false })
let db: number
let own: VirtualMachine
let other: VirtualMachine

beforeEach(async () => {
  db = await bigv.add({ name: 'db', discs: [] })
  ;({ vm: own } = await fetchMachine(REF, bigv.id))
  ;({ vm: other } = await fetchMachine(REF, db))
  await bigv.control.clearRequests()
})

const addresses = (vm: VirtualMachine) => primaryAddresses(vm, false) ?? []
const also = () => ({ ...REF, id: db, name: 'db' })
const swap = (shown = [addresses(own), addresses(other)]) =>
  bigv.begin('swap_ips', {
    params: { other: also(), additional: false },
    decidedOn: { name: 'web', power_on: false, autoreboot_on: false, decidedOn: shown },
  })
/** The received requests in short: which machine was fetched, or the end of a write's path. */
const log = async () =>
  (await bigv.received()).map(({ method, path }) => `${method} ${path.slice(path.lastIndexOf('/') + 1)}`)

describe('an operation on two machines', () => {
  test('fetches both before and after its request, and is done once both show the result', async () => {
    const ended = await until(keyOf(await swap()), 'ended')
    expect(ended).toMatchObject({ outcome: 'done', also: { id: db } })
    expect(ended.note).toContain(
      `web now has ${addresses(other).join(', ')}, db has ${addresses(own).join(', ')}`,
    )
    const both = [`GET ${bigv.id}`, `GET ${db}`]
    expect(await log()).toEqual([...both, 'POST swap_virtual_machine_ips', ...both])
  })

  test('blocks both machines, and is blocked by an operation on one of them', async () => {
    await bigv.answer('POST', { kind: 'hang' })
    keyOf(await swap())
    await vi.waitFor(async () => expect(await bigv.writes()).toHaveLength(1))
    for (const id of [bigv.id, db]) {
      const begun = await beginOperation({ bound: boundBy('start'), ref: REF, id, name: 'x' })
      expect(begun).toEqual({ is: 'refused', reason: '“Swap addresses” is still running.' })
    }
    clearOperations()
    putOperation(operation({ action: 'start', target: also(), patienceFrom: Date.now() }))
    expect(await swap()).toEqual({ is: 'refused', reason: 'db: “Start” is still running.' })
    expect(await bigv.writes()).toHaveLength(1)
  })

  test('sends nothing if the other machine isn’t suitable, or its addresses have changed', async () => {
    expect(await swap([addresses(own), ['192.0.2.77']])).toMatchObject({ is: 'changed' })
    await bigv.control.setMachine(db, { deleted: true })
    expect(await swap()).toEqual({ is: 'refused', reason: 'db is deleted.' })
    expect(await bigv.writes()).toEqual([])
    expect(operations()).toEqual([])
  })

  test('reports the state of both machines if BigV didn’t answer', async () => {
    await bigv.answer('POST', cut)
    const unclear = await until(keyOf(await swap()), 'ended')
    expect(unclear.outcome).toBe('unclear')
    expect(unclear.note).toMatch(
      /Both machines were checked at [\d:]*\. They still have their old addresses\./,
    )
  })

  test('is done, if it moves a disc, once the other machine has the disc', async () => {
    // As with a slow BigV, the other machine doesn't have the disc at first.
    const at = { match: { path: `/${db}$` } }
    await bigv.answer('GET', { ...status(200, other), ...at }, { ...status(200, other), ...at })
    const begun = await bigv.begin('move_disc', { params: { id: own.discs?.[0]?.id, to: also() } })
    await vi.waitFor(async () => expect(await log()).toHaveLength(5))
    expect(operations()[0]?.phase).toBe('waiting')
    await vi.waitFor(() => {
      fetchNow(keyOf(begun))
      expect(operations()[0]).toMatchObject({
        phase: 'ended',
        outcome: 'done',
        note: 'The disc is now on db.',
      })
    })
  })
})
