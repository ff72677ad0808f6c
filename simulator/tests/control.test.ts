import { describe, expect, test } from 'vitest'
import { startSimulator } from '../server.ts'
import { groupPath, machinePath, request, useBigV } from './bigv.ts'

const bigv = useBigV()

const newAccount = () => bigv.control.createAccount({ machines: [{ name: 'www1', power_on: true }] })

describe('faults', () => {
  test('answer one request with a given status', async () => {
    const account = await newAccount()
    const ask = bigv.owner(account)
    await bigv.control.addFault({
      kind: 'status',
      status: 503,
      body: 'Out of service',
      match: { account: account.account },
    })
    expect(await ask('GET', groupPath(account))).toMatchObject({ status: 503, text: 'Out of service' })
    expect(await ask('GET', groupPath(account))).toMatchObject({ status: 200 })
  })

  test('affect one method and path until they are removed', async () => {
    const account = await newAccount()
    const ask = bigv.owner(account)
    const path = machinePath(account, 'www1')
    const id = await bigv.control.addFault({
      kind: 'status',
      body: { name: ['is cursed'] },
      status: 400,
      times: null,
      match: { method: 'PUT', path: 'virtual_machines' },
    })
    expect(await ask('GET', path)).toMatchObject({ status: 200 })
    expect(await ask('PUT', path, {})).toMatchObject({ status: 400, json: { name: ['is cursed'] } })
    expect(await ask('PUT', path, {})).toMatchObject({ status: 400 })
    await bigv.control.removeFault(id)
    expect(await ask('PUT', path, {})).toMatchObject({ status: 200 })
  })

  test.each(['cut-before', 'cut-after-processing', 'cut-after-headers'] as const)(
    'close the connection: %s',
    async (kind) => {
      const account = await newAccount()
      const ask = bigv.owner(account)
      await bigv.control.addFault({ kind, match: { method: 'PUT' } })
      await expect(ask('PUT', machinePath(account, 'www1'), { cores: 3 })).rejects.toThrow()
      const machine = await bigv.control.machine(account.machines[0]?.id ?? 0)
      expect(machine.cores).toBe(kind === 'cut-before' ? 1 : 3)
    },
  )

  test('answer with HTML, an empty body or half a body', async () => {
    const account = await newAccount()
    const ask = bigv.owner(account)
    await bigv.control.addFault({ kind: 'html', status: 502 })
    await bigv.control.addFault({ kind: 'empty' })
    await bigv.control.addFault({ kind: 'truncated' })
    const path = groupPath(account)
    expect(await ask('GET', path)).toMatchObject({ status: 502, type: 'text/html' })
    expect(await ask('GET', path)).toMatchObject({ status: 200, text: '' })
    await expect(ask('GET', path)).rejects.toThrow(SyntaxError)
  })

  test('leave a request unanswered until they are cleared', async () => {
    const account = await newAccount()
    await bigv.control.addFault({ kind: 'hang' })
    const answer = bigv.owner(account)('GET', groupPath(account))
    const outcome = answer.then(
      () => 'answered',
      () => 'cut',
    )
    const first = await Promise.race([outcome, bigv.control.machine(account.machines[0]?.id ?? 0)])
    expect(first).toMatchObject({ name: 'www1' })
    await bigv.control.clearFaults()
    expect(await outcome).toBe('cut')
  })

  test('answer with a failure after carrying out the request', async () => {
    const account = await newAccount()
    await bigv.control.addFault({ kind: 'status', status: 500, apply: true })
    const answer = await bigv.owner(account)('DELETE', machinePath(account, 'www1'))
    expect(answer.status).toBe(500)
    expect(await bigv.control.machine(account.machines[0]?.id ?? 0)).toMatchObject({ deleted: true })
  })
})

describe('the log of requests', () => {
  test('shows the requests of an account as they were received', async () => {
    const account = await newAccount()
    await bigv.owner(account)('PUT', `${machinePath(account, 'www%31')}?view=overview`, { cores: 2 })
    const [logged, ...more] = await bigv.control.requests({ account: account.account })
    expect(more).toEqual([])
    expect(logged).toMatchObject({
      method: 'PUT',
      path: machinePath(account, 'www%31'),
      query: { view: 'overview' },
      body: { cores: 2 },
      status: 200,
      username: account.username,
    })
    expect(logged?.headers['authorization']).toMatch(/^Basic /)
    const later = await bigv.control.requests({ account: account.account, since: logged?.id ?? 0 })
    expect(later).toEqual([])
  })
})

describe('the control path', () => {
  test('changes a machine as if another user had done it', async () => {
    const account = await newAccount()
    const id = account.machines[0]?.id ?? 0
    await bigv.control.setMachine(id, { power_on: false, cores: 7 })
    const answer = await bigv.owner(account)('GET', machinePath(account, 'www1'))
    expect(answer.json).toMatchObject({ power_on: false, cores: 7, head: null })
  })

  test('is off by default', async () => {
    const plain = await startSimulator({ machines: 0 })
    try {
      const answer = await request(`${plain.url}/_control/requests`, 'GET', {})
      expect(answer.status).toBe(404)
    } finally {
      await plain.close()
    }
  })

  test('resets the simulator', async () => {
    const account = await newAccount()
    await bigv.control.reset({ machines: 3 })
    expect(await bigv.owner(account)('GET', '/accounts')).toMatchObject({ status: 401 })
    const list = await bigv.as('demo')('GET', '/accounts/acme/groups/default/virtual_machines')
    expect(list.json).toHaveLength(3)
    const [first] = list.json as { id: number }[]
    const { nics } = await bigv.control.machine(first?.id ?? 0)
    expect(nics[0]?.ips).toEqual(['198.18.0.10', '2001:db8:1::1'])
  })
})

test('startSimulator rejects with EADDRINUSE if the port is in use', async () => {
  const port = Number(new URL(bigv.url).port)
  await expect(startSimulator({ port, machines: 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
