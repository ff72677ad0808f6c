import { describe, expect, test } from 'vitest'
import { groupPath, machinePath, useBigV } from './bigv.ts'

const bigv = useBigV()

const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

type Machine = { id: number; name: string; cores: number; memory: number }

describe('the simulator, given many requests at once,', () => {
  test('shows two clients the changes of a machine in the same order', async () => {
    const account = await bigv.control.createAccount({ machines: [{ name: 'www1' }] })
    const ask = bigv.owner(account)
    const path = machinePath(account, 'www1')
    await bigv.control.clearRequests()
    // Each client raises its own attribute, so every answer also shows how far the other client has got
    const seen = await Promise.all(
      (['cores', 'memory'] as const).map(async (attribute) => {
        const answers: Machine[] = []
        for (let value = 1; value <= 60; value++) {
          const reply = await ask('PUT', path, { [attribute]: attribute === 'cores' ? value : 1024 + value })
          answers.push(reply.json as Machine)
        }
        return answers
      }),
    )
    const [byCores = [], byMemory = []] = seen
    expect(byCores.map(({ cores }) => cores)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    expect(byMemory.map(({ memory }) => memory)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1025),
    )
    // If both clients see the same order, neither attribute ever falls
    const states = [...byCores, ...byMemory].sort((a, b) => a.cores - b.cores || a.memory - b.memory)
    for (const [index, state] of states.entries())
      expect(state.memory).toBeGreaterThanOrEqual(states[index - 1]?.memory ?? 0)
    expect((await ask('GET', path)).json).toMatchObject({ cores: 60, memory: 1084 })
    expect(await bigv.control.requests({ account: account.account })).toHaveLength(121)
  })

  test('applies every change when many clients each change their own machine', async () => {
    const clients = 16
    const rounds = 20
    const account = await bigv.control.createAccount({
      machines: Array.from({ length: clients }, (_, index) => ({ name: `m${index}` })),
    })
    const ask = bigv.owner(account)
    await bigv.control.clearRequests()
    const seen = await times(clients, async (index) => {
      const id = account.machines[index]?.id ?? 0
      const answers: Machine[] = []
      for (let round = 1; round <= rounds; round++) {
        const reply = await ask('PUT', `/virtual_machines/${id}`, { memory: 1000 * (index + 1) + round })
        answers.push(reply.json as Machine)
      }
      return answers.every(
        (answer, at) =>
          answer.id === id && answer.memory === 1000 * (index + 1) + at + 1 && answer.cores === 1,
      )
    })
    expect(seen).toEqual(Array.from({ length: clients }, () => true))
    const received = await bigv.control.requests({ username: account.username })
    expect(received).toHaveLength(clients * rounds)
    expect(received.every(({ status }) => status === 200)).toBe(true)
  })

  test('creates only one machine when many with the same name are requested at once', async () => {
    const account = await bigv.control.createAccount()
    const ask = bigv.owner(account)
    const replies = await times(25, () =>
      ask('POST', `${groupPath(account)}/vm_create`, {
        virtual_machine: { name: 'only' },
        discs: [{ size: 1024 }],
      }),
    )
    expect(replies.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(24)
    expect((await ask('GET', `${groupPath(account)}/virtual_machines`)).json).toHaveLength(1)
    expect((await ask('GET', `${machinePath(account, 'only')}/discs`)).json).toHaveLength(1)
  })

  test('adds only eight discs when many are requested at once', async () => {
    const account = await bigv.control.createAccount({ machines: [{ name: 'www1', discs: [] }] })
    const ask = bigv.owner(account)
    const path = `${machinePath(account, 'www1')}/discs`
    const replies = await times(20, () => ask('POST', path, { size: 1024 }))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(8)
    const labels = ((await ask('GET', path)).json as { label: string }[]).map(({ label }) => label)
    expect(new Set(labels).size).toBe(8)
  })

  test('gives each of many new machines its own addresses and discs', async () => {
    const account = await bigv.control.createAccount()
    const ask = bigv.owner(account)
    await times(60, (index) =>
      ask('POST', `${groupPath(account)}/vm_create`, {
        virtual_machine: { name: `m${index}`, cores: (index % 8) + 1 },
        discs: [{ size: 1000 + index }],
      }),
    )
    type Whole = Machine & { discs: { size: number }[]; network_interfaces: { ips: string[] }[] }
    const { json } = await ask('GET', `${groupPath(account)}?view=overview`)
    const machines = (json as { virtual_machines: Whole[] }).virtual_machines
    expect(machines).toHaveLength(60)
    for (const machine of machines) {
      const index = Number(machine.name.slice(1))
      expect(machine).toMatchObject({ cores: (index % 8) + 1, discs: [{ size: 1000 + index }] })
    }
    const ips = machines.flatMap(({ network_interfaces }) => network_interfaces.flatMap((nic) => nic.ips))
    expect(new Set(ips).size).toBe(120)
  })
})
