import { afterEach, describe, expect, test, vi } from 'vitest'
import { request } from '../api/http.ts'
import { fetchIp, ipQueries } from '../api/ips.ts'
import { queryClient } from '../api/query-client.ts'
import { anything } from '../api/schema.ts'
import { status } from '../api/testing/simulated-bigv.ts'
import { REF } from '../api/testing/machines.ts'
import { fetchMachine } from '../api/virtual-machines.ts'
import { setReadOnly } from '../session/read-only.ts'
import { findOperation, operations, putOperation } from './store.ts'
import { keyOf, until, useMachineAtBigv } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'

const STOPPED = { power_on: false, autoreboot_on: false }
const bigv = useMachineAtBigv()
const put = (body: object) => ['PUT', bigv.path, body]
const powerdown = () => ['POST', `${bigv.path}/signal`, { signal: 'powerdown' }]
const other = (key: string, given: object = {}) => operation({ key, target: bigv.target, ...given })

describe('an operation', () => {
  test('fetches the machine, sends the request, and is done if the answer shows the result', async () => {
    await bigv.set(STOPPED)
    const operation = await bigv.end('start')
    expect(operation).toMatchObject({
      outcome: 'done',
      note: '',
      username: 'demo',
      autoreboot: { before: false, after: true },
      target: bigv.target,
      steps: [
        {
          method: 'PUT',
          path: bigv.path,
          body: { autoreboot_on: true, power_on: true },
          trace: { status: 200, method: 'PUT', path: bigv.path },
        },
      ],
    })
    expect(await bigv.log()).toEqual(['GET', put({ autoreboot_on: true, power_on: true })])
  })

  test('stores no secret in the expected data or the steps of a change', async () => {
    const key = keyOf(
      await bigv.begin('change', { params: { attributes: { cdrom_url: 'http://me:secret@x/y.iso' } } }),
    )
    const operation = await until(key, 'ended')
    expect(operation.expects).toEqual({ cdrom_url: 'http://••••••@x/y.iso' })
    expect(JSON.stringify(operations())).not.toContain('secret')
    expect((await bigv.log()).at(-1)).toEqual(put({ cdrom_url: 'http://me:secret@x/y.iso' }))
  })

  test('asks the user to confirm if an attribute has changed since the form showed it', async () => {
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true }
    const params = { attributes: { cores: 2 } }
    const begun = await bigv.begin('change', { params, decidedOn: { ...decidedOn, decidedOn: [8] } })
    expect(begun.is).toBe('changed')
    expect(await bigv.log()).toEqual(['GET'])
    keyOf(await bigv.begin('change', { params, decidedOn: { ...decidedOn, decidedOn: [1] } }))
  })

  test('asks the user to confirm if the reverse DNS has changed since the form showed it', async () => {
    const { vm } = await fetchMachine(REF, bigv.id)
    const address = vm.network_interfaces?.[0]?.ips?.[0] ?? ''
    const path = `/ips/${address}`
    const seen = await fetchIp(address)
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true, resource: seen }
    const params = { address, name: 'mine.example.com' }
    await request('PUT', path, { schema: anything, body: { rdns: 'theirs.example.com' } })
    expect(await bigv.begin('set_rdns', { params, decidedOn })).toMatchObject({ is: 'changed' })
    // The form then shows the name that someone else has set.
    const { queryKey } = ipQueries.one(address)
    const resource = queryClient.getQueryData(queryKey)
    expect(resource?.rdns).toBe('theirs.example.com')
    expect(await bigv.writes()).toHaveLength(1)
    const key = keyOf(await bigv.begin('set_rdns', { params, decidedOn: { ...decidedOn, resource } }))
    expect((await until(key, 'ended')).outcome).toBe('done')
    expect((await bigv.writes()).at(-1)).toEqual(['PUT', path, { rdns: 'mine.example.com' }])
  })

  test('uses a row of its batch’s list instead of fetching the machine', async () => {
    await bigv.set(STOPPED)
    const key = keyOf(await bigv.begin('start', { row: await bigv.vm(), batch: 'r1' }))
    expect(await until(key, 'ended')).toMatchObject({ outcome: 'done', batch: 'r1' })
    expect(await bigv.log()).toEqual([put({ autoreboot_on: true, power_on: true })])
    expect(await bigv.begin('start', { row: await bigv.vm() })).toMatchObject({ is: 'refused' })
  })

  test('waits if the answer doesn’t show the result yet', async () => {
    await bigv.set(STOPPED)
    await bigv.control.pauseTime()
    const { evidence } = await until(keyOf(await bigv.begin('start')), 'waiting')
    expect(evidence).toMatchObject({ offSeen: false, headMoved: false, timesSeenOn: 0 })
  })

  test('waits if the answer doesn’t show the machine', async () => {
    await bigv.set(STOPPED)
    await bigv.answer('PUT', { kind: 'empty' })
    await until(keyOf(await bigv.begin('start')), 'waiting')
  })

  test('counts the machine of a reboot as seen off if the answer shows it off', async () => {
    const { head } = await bigv.vm()
    const waiting = await until(
      keyOf(await bigv.begin('reboot')),
      ({ evidence }) => evidence?.offSeen === true,
    )
    expect(waiting.phase).toBe('waiting')
    expect(waiting.evidence?.headBefore).toBe(head)
  })

  test('sends the PUT of a shutdown, then the signal, and waits', async () => {
    const waiting = await until(keyOf(await bigv.begin('shut_down')), 'waiting')
    expect(await bigv.log()).toEqual(['GET', put({ autoreboot_on: false }), powerdown()])
    expect(waiting.autoreboot).toEqual({ before: true, after: false })
    expect(waiting.steps.map(({ trace }) => trace?.status)).toEqual([200, 200])
  })

  test.each([
    ['shut_down', false],
    ['restart', true],
  ] as const)('skips the PUT of a %s if autoreboot_on is %s already', async (action, autoreboot_on) => {
    await bigv.set({ autoreboot_on })
    const waiting = await until(keyOf(await bigv.begin(action)), 'waiting')
    expect(await bigv.log()).toEqual(['GET', powerdown()])
    expect(waiting.autoreboot).toBeNull()
  })

  test('reports which system BigV booted, if it is a rescue start', async () => {
    await bigv.set(STOPPED)
    const body = { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }
    // The simulator imitates an older BigV, which ignores the appliance.
    expect(await bigv.end('rescue')).toMatchObject({
      outcome: 'done',
      note: expect.stringMatching(/doesn’t have the rescue system/),
      autoreboot: { before: false, after: true },
    })
    const on = { ...(await bigv.vm()), appliance: body.appliance }
    await bigv.set(STOPPED)
    await bigv.answer('PUT', status(200, on))
    expect((await bigv.end('rescue')).note).toBe(
      'BigV booted the machine into this system: {"name":"rescue","permanent":false}.',
    )
    expect(await bigv.log()).toEqual(['GET', put(body), 'GET', put(body)])
  })

  test('is done with BigV’s answer if it is a reset', async () => {
    expect(await bigv.end('reset')).toMatchObject({ outcome: 'done', note: '' })
  })

  test('sends keys during another operation, and doesn’t record which', async () => {
    putOperation(other('other'))
    const key = keyOf(await bigv.begin('send_keys', { params: 'h-u-n-t-e-r-2' }))
    const { outcome, steps } = await until(key, 'ended')
    expect(outcome).toBe('done')
    expect((await bigv.log()).at(-1)).toEqual([
      'POST',
      `${bigv.path}/signal`,
      { signal: 'sendkey', data: 'h-u-n-t-e-r-2' },
    ])
    expect(steps[0]?.body).toEqual({ signal: 'sendkey', data: '1 press' })
    expect(findOperation('other')?.phase).toBe('waiting')
  })
})

describe('an operation sends nothing', () => {
  afterEach(async () => {
    expect(await bigv.writes()).toEqual([])
    expect(operations()).toEqual([])
  })

  test.each([
    ['name', { name: 'db' }],
    ['power_on', { power_on: false }],
    ['autoreboot_on', { autoreboot_on: false }],
  ])('if %s differs from what the dialog showed', async (_, decidedOn) => {
    const said = { name: 'web', power_on: true, autoreboot_on: true, ...decidedOn }
    expect(await bigv.begin('stop', { decidedOn: said })).toMatchObject({
      is: 'changed',
      machine: { vm: { name: 'web' } },
    })
  })

  test('if the state just fetched doesn’t allow the action', async () => {
    await bigv.set(STOPPED)
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true }
    expect(await bigv.begin('shut_down', { decidedOn })).toEqual({
      is: 'refused',
      reason: 'Not running.',
    })
  })

  test.each([404, 403, 500])('if the fetch is answered with %i', async (code) => {
    await bigv.answer('GET', status(code))
    expect(await bigv.begin('stop')).toMatchObject({ is: 'fetch failed', error: { trace: { status: code } } })
  })

  test('in read-only mode, in which it doesn’t fetch either', async () => {
    setReadOnly(true)
    expect(await bigv.begin('stop')).toEqual({
      is: 'refused',
      reason: 'Read-only mode is on. Turn it off to make changes.',
    })
    expect(await bigv.log()).toEqual([])
  })

  test('if read-only mode is turned on during the fetch', async () => {
    bigv.onAnswer = () => setReadOnly(true)
    expect(await bigv.begin('stop')).toMatchObject({ is: 'refused' })
  })
})

test('a second click while the first one’s fetch is running is refused', async () => {
  const [first, second] = await Promise.all([bigv.begin('stop'), bigv.begin('stop')])
  expect(second).toEqual({ is: 'refused', reason: '“Force stop” is still running.' })
  await until(keyOf(first), 'ended')
  expect(await bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false })])
})

describe('an operation that replaces another', () => {
  test('ends the other operation, whose note names the new one', async () => {
    putOperation(other('old', { action: 'shut_down' }))
    vi.spyOn(Date, 'now').mockReturnValue(11_000)
    const begun = await bigv.begin('stop')
    vi.restoreAllMocks()
    expect(findOperation('old')).toMatchObject({
      outcome: 'no longer watching',
      note: 'Replaced by “Force stop”.',
    })
    await until(keyOf(begun), 'ended')
  })

  test('appears in the other’s note under its button’s name: “Replaced by Force stop”', async () => {
    putOperation(other('old', { action: 'start' })) // Overdue since 1970.
    await until(keyOf(await bigv.begin('shut_down')), 'waiting')
    expect(findOperation('old')?.note).toBe('Replaced by “Shut down”.')
  })

  test('doesn’t end the other operation if nothing is sent', async () => {
    putOperation(other('old', { action: 'start' }))
    await bigv.answer('GET', status(503))
    await bigv.begin('stop')
    expect(findOperation('old')?.phase).toBe('waiting')
  })
})
