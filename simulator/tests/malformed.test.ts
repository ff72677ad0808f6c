import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { NewAccount } from '../control/client.ts'
import { partNames } from '../resources/parts.ts'
import { routes } from '../routes.ts'
import { limits } from '../rules/limits.ts'
import { basic, groupPath, machinePath, useBigV } from './bigv.ts'

const bigv = useBigV()
const newAccount = () => bigv.control.createAccount({ machines: [{ name: 'www1' }] })

/** After any input, the simulator must still answer. */
afterEach(async () => {
  expect((await bigv.as('demo')('GET', '/accounts')).status).toBe(200)
})

/** Sends these bytes, and returns everything received until the connection is closed. */
const sendRaw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(bigv.url).port), '127.0.0.1')
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (received += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
    socket.write(text, 'latin1')
  })

const statusIn = (answer: string): number => Number(answer.split(' ')[1])
const demo = basic('demo', 'demo')['Authorization'] ?? ''
const rawRequest = (target: string, method = 'GET', more = ''): Promise<string> =>
  sendRaw(
    `${method} ${target} HTTP/1.1\r\nHost: bigv\r\nAuthorization: ${demo}\r\nConnection: close\r\n${more}\r\n`,
  )

describe('request bodies', () => {
  test.each([
    ['an empty body', '', 200],
    ['half a body', '{', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['a text', '"text"', 400],
    ['a number', '17', 400],
    ['text after the object', '{"cores":1}}', 400],
    ['a NUL', '\u0000', 400],
    ['5,000 nested objects', '{"a":'.repeat(5000), 400],
  ])('%s gets a JSON answer', async (_name, body, status) => {
    const account = await newAccount()
    const reply = await bigv.owner(account)('PUT', machinePath(account, 'www1'), body)
    expect(reply).toMatchObject({ status, type: 'application/json' })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'application/xml'])(
    'are refused if their Content-Type is %s',
    async (type) => {
      const account = await newAccount()
      const ask = bigv.as(account.username, account.password, { 'Content-Type': type })
      expect((await ask('PUT', machinePath(account, 'www1'), '{}')).status).toBe(400)
      expect((await ask('POST', `${groupPath(account)}/vm_create`, '{}')).status).toBe(400)
    },
  )

  test('get 413 if they are too large', async () => {
    const account = await newAccount()
    const huge = JSON.stringify({ name: 'x'.repeat(limits.body) })
    expect((await bigv.owner(account)('PUT', machinePath(account, 'www1'), huge)).status).toBe(413)
  })

  test('get 413 if they are too large and have no Content-Length', async () => {
    const chunk = 'x'.repeat(65_536)
    const chunks = `10000\r\n${chunk}\r\n`.repeat(Math.ceil(limits.body / chunk.length) + 1)
    const head = 'Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n'
    const answer = await sendRaw(
      `PUT /accounts/acme HTTP/1.1\r\nHost: bigv\r\nAuthorization: ${demo}\r\nConnection: close\r\n${head}\r\n${chunks}0\r\n\r\n`,
    )
    expect(statusIn(answer)).toBe(413)
  })

  test('may contain __proto__ and the names of Object.prototype', async () => {
    const account = await newAccount()
    const ask = bigv.owner(account)
    const body = '{"__proto__":{"cores":9},"constructor":1,"toString":2,"hasOwnProperty":3}'
    expect((await ask('PUT', machinePath(account, 'www1'), body)).json).toMatchObject({ cores: 1 })
  })
})

describe('request methods', () => {
  test.each(['PATCH', 'OPTIONS'])('%s gets 405 with an Allow header', async (method) => {
    const account = await newAccount()
    const reply = await bigv.owner(account)(method, machinePath(account, 'www1'))
    expect(reply.status).toBe(405)
    expect(reply.headers.get('allow')).toBe('GET, PUT, DELETE')
  })

  test('get 405 if the path doesn’t support them', async () => {
    expect((await bigv.as('demo')('DELETE', '/definitions')).status).toBe(405)
    expect((await bigv.as('demo')('PUT', '/accounts', {})).status).toBe(405)
    expect((await bigv.as('demo')('GET', '/accounts/acme/groups/default/vm_create')).status).toBe(405)
  })

  test('HEAD gets the answer of a GET, but without a body', async () => {
    expect(await bigv.as('demo')('HEAD', '/accounts')).toMatchObject({ status: 200, text: '' })
  })

  test.each(['TRACE', 'PROPFIND', 'LOCK'])('%s gets 405', async (method) => {
    expect(statusIn(await rawRequest('/accounts', method))).toBe(405)
  })
})

describe('request paths', () => {
  test.each([
    ['/accounts/%', 404],
    ['/accounts/%zz', 404],
    ['/accounts/%ff%fe', 404],
    ['/accounts/%00', 404],
    ['/accounts/acme%2Fgroups', 404],
    ['/accounts/acme/../birch', 404],
    ['/accounts/acme/groups/..', 404],
    ['/accounts/acme/groups/%2e%2e', 404],
    ['/accounts//groups', 404],
    ['//', 404],
    ['/accounts/ac%6De', 200],
    ['/accounts/ACME', 200],
    ['/accounts/acme/', 200],
    ['http://elsewhere/accounts/acme', 200],
    ['/accounts/acme?view', 200],
    ['/accounts/acme?%zz=%&&==', 200],
    [`/accounts/${'a'.repeat(8000)}`, 404],
    ['/accounts/99999999999999999999', 404],
    ['/accounts/-1', 404],
    ['/accounts/\u00e9', 400],
  ])('%s gets %d', async (target, status) => {
    expect(statusIn(await rawRequest(target))).toBe(status)
  })

  test('a plus means a space, and %2B means a plus', async () => {
    const account = await newAccount()
    const ask = bigv.owner(account)
    const discs = `${machinePath(account, 'www1')}/discs`
    for (const label of ['one two', 'one+two', 'a/b', '100%', '..', 'ünï']) {
      expect((await ask('POST', discs, { size: 1024, label })).status).toBe(200)
      const part = encodeURIComponent(label).replaceAll('%20', '+').replaceAll('.', '%2e')
      const target = `${discs}/${part}`
      const answer = await sendRaw(
        `GET ${target} HTTP/1.1\r\nHost: bigv\r\nAuthorization: ${basic(account.username, account.password)['Authorization']}\r\nConnection: close\r\n\r\n`,
      )
      expect([label, statusIn(answer)]).toEqual([label, 200])
    }
  })

  test.each(['GET /accounts', 'nonsense', 'GET /accounts HTTP/9.9', '\u0000\u0001'])(
    'an invalid request line never gets 5xx: %j',
    async (line) => {
      const answer = await sendRaw(`${line}\r\n\r\n`)
      expect(answer === '' || statusIn(answer) < 500).toBe(true)
    },
  )
})

/** Returns every POST and PUT of the API, on an account with a record of every kind. */
const allWrites = async (account: NewAccount): Promise<(readonly ['POST' | 'PUT', string])[]> => {
  const staff = bigv.as('staff')
  const vm = account.machines[0]?.id ?? 0
  const add = async (path: string, body: object): Promise<number> =>
    ((await staff('POST', path, body)).json as { id: number }).id
  const backup = await add(`/virtual_machines/${vm}/discs/vda/backups`, {})
  const privilege = { level: 'vm_admin', virtual_machine_id: vm }
  // Unknown attributes are ignored, so one body creates a part of almost any kind
  for (const name of partNames)
    await staff('POST', `/virtual_machines/${vm}/${name}`, { label: 'sample', name: 'sample', size: 1024 })
  const whole = await bigv.control.machine(vm)
  const params: Record<string, unknown> = {
    account: account.id,
    group: whole.group_id,
    vm,
    backup,
    address: whole.nics[0]?.ips[0],
    user: account.username,
    privilege: await add(`/users/${account.username}/privileges`, privilege),
    token: (await staff('POST', '/session', { username: 'staff', password: 'staff' })).text,
  }
  const pathOf = (path: string): string =>
    partNames
      .reduce((text, name) => text.replace(`/${name}/:part`, `/${name}/${whole[name][0]?.id}`), path)
      .replaceAll(/:(\w+)/g, (_, name: string) => String(params[name]))
  return routes.flatMap((route) =>
    (['POST', 'PUT'] as const).flatMap((method) =>
      route[method] ? [[method, pathOf(route.path)] as const] : [],
    ),
  )
}

test('allWrites lists every POST and PUT of the API, with a path that exists', async () => {
  const statuses = new Map<string, number>()
  for (const [method, path] of await allWrites(await newAccount()))
    statuses.set(`${method} ${path}`, (await bigv.as('staff')(method, path, {})).status)
  expect(statuses.size).toBeGreaterThan(30)
  expect([...statuses].filter(([, status]) => ![200, 202, 400].includes(status))).toEqual([])
})

test('the simulator never answers 500, whatever JSON a writable path gets', async () => {
  const writes = await allWrites(await newAccount())
  const ask = bigv.as('staff')
  const names =
    'name cores memory power_on group_id deleted virtual_machine discs reimage ips label size storage_grade ' +
    'virtual_machine_id signal data distribution root_password addresses family reason rdns username password level ' +
    'account_id ip_restrictions start_at interval_seconds backup_schedules user_id api_key_id expires_at'
  const body = fc.dictionary(fc.constantFrom(...names.split(' ')), fc.jsonValue({ maxDepth: 3 }), {
    maxKeys: 6,
  })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writes), body, async ([method, path], sent) => {
      const { status } = await ask(method, path, sent)
      expect([200, 202, 400, 401, 403, 404]).toContain(status)
    }),
    { numRuns: 400 },
  )
})
