import { isIP } from 'node:net'
import { expect, test } from 'vitest'
import { askWithConnectionClose } from './connection-close.ts'
import { useBigV, type Reply } from './bigv.ts'
import { beginning, ending, working, type Command, type Numbers, type Recorded } from './official-client.ts'

const bigv = useBigV({ speed: 1000, machines: 0, tokens: ['apikey.recorded'] })

const headers = (path: string): Record<string, string> => ({
  Accept: 'application/json',
  'Content-Type': 'application/json',
  ...(path !== '/definitions' && { Authorization: 'Bearer apikey.recorded' }),
})

type Hash = Record<string, unknown>

/** Every object in an answer. */
const hashesIn = (value: unknown): Hash[] => {
  if (Array.isArray(value)) return value.flatMap(hashesIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Hash, ...Object.values(value).flatMap(hashesIn)]
}

/** Checks that the answer has every property that the client parses, or crashes without. */
const checkNeeds = (reply: Reply, needs: Recorded['needs']): void => {
  expect(reply.status).toBeGreaterThanOrEqual(200)
  expect(reply.status).toBeLessThan(300)
  if (needs === '2xx') return
  expect(reply.type).toBe('application/json')
  expect(Array.isArray(reply.json)).toBe(needs === 'array')
  expect(reply.json).toBeTypeOf('object')
  for (const hash of hashesIn(reply.json).filter((hash) => !('data' in hash))) {
    for (const name of ['id', 'size', 'memory', 'cores', 'vlan_num'])
      if (name in hash) expect(hash[name]).toSatisfy(Number.isInteger)
    if ('hardware_profile' in hash) expect(hash['hostname']).toMatch(/^\S+$/)
    if ('management_address' in hash) expect(isIP(hash['management_address'] as string)).not.toBe(0)
    if ('ips' in hash) for (const ip of hash['ips'] as string[]) expect(isIP(ip)).not.toBe(0)
    if ('extra_ips' in hash) expect(Array.isArray(hash['extra_ips'])).toBe(false)
  }
}

const replay = async ({ method, path, body, needs, untilOff }: Recorded): Promise<Reply> => {
  for (;;) {
    const reply = await askWithConnectionClose(bigv.url + path, method, headers(path), body)
    checkNeeds(reply, needs)
    if (!untilOff || !(reply.json as { power_on: boolean }).power_on) return reply
  }
}

const run = async (commands: Command[]): Promise<void> => {
  for (const { command, requests } of commands) {
    for (const recorded of requests) {
      await replay(recorded).catch((cause: unknown) => {
        throw new Error(`${command}: ${recorded.method} ${recorded.path}`, { cause })
      })
    }
  }
}

const machine = async (name: string): Promise<Hash> => {
  for (;;) {
    const path = `/accounts/acme/groups/default/virtual_machines/${name}?view=overview`
    const reply = await replay({ method: 'GET', path, needs: 'object' })
    const { power_on } = reply.json as { power_on: boolean }
    if (reply.status === 200 && power_on) return reply.json as Hash
  }
}

const idOfFirst = (hashes: unknown): number => (hashes as { id: number }[])[0]?.id ?? 0

test('the simulator answers every recorded request of the official client, in order', async () => {
  await run(beginning)
  const web = await machine('web')
  const big = await machine('big')
  expect(web).toMatchObject({ autoreboot_on: true, last_imaged_with: 'wheezy' })
  expect(big['network_interfaces']).toMatchObject([{ ips: ['10.9.8.7', 'fd00::7'] }])
  const numbers: Numbers = {
    vm: web['id'] as number,
    other: big['id'] as number,
    group: web['group_id'] as number,
    nic: idOfFirst(web['network_interfaces']),
    disc: idOfFirst(web['discs']),
    privilege: 0,
  }
  await run(working(numbers))
  const granted = await replay({
    method: 'GET',
    path: '/accounts/acme/groups/default/privileges',
    needs: 'array',
  })
  await run(ending({ ...numbers, privilege: idOfFirst(granted.json) }))
  const left = await replay({
    method: 'GET',
    path: '/accounts/acme/groups/default?view=overview',
    needs: 'object',
  })
  expect(left.json).toMatchObject({ virtual_machines: [] })
})
