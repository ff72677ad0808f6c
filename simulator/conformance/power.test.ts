import { describe, expect, test } from 'vitest'
import { useScratchGroup, type Machine } from './group.ts'
import { ask, isWritable, until, useTarget } from './target.ts'

useTarget()

const isOn = ({ json }: { json: unknown }): boolean => (json as Machine).power_on

describe.runIf(isWritable)('bigv-api.md, section 7: power', () => {
  const group = useScratchGroup()

  test('starts and stops a machine', async () => {
    const { id } = await group.bareMachine()
    const path = group.machinePath(id)
    expect(await ask('PUT', path, { autoreboot_on: true, power_on: true })).toMatchObject({
      status: 200,
      json: { id },
    })
    const on = await until(path, isOn)
    expect(on.json).toMatchObject({ autoreboot_on: true, head: expect.any(String) as string })
    expect((await ask('PUT', path, { autoreboot_on: false, power_on: false })).status).toBe(200)
    const off = await until(path, (reply) => !isOn(reply))
    expect(off.json).toMatchObject({ autoreboot_on: false, head: null })
  })

  test('starts a machine with autoreboot_on again after it is turned off', async () => {
    const { id } = await group.bareMachine([], { power_on: true, autoreboot_on: true })
    const path = group.machinePath(id)
    const reply = await ask('PUT', path, { autoreboot_on: true, power_on: false })
    expect(reply).toMatchObject({ status: 200, json: { power_on: false, autoreboot_on: true } })
    await until(path, isOn)
  })

  test('changes autoreboot_on without power_on, and power_on without autoreboot_on', async () => {
    const { id } = await group.bareMachine([], { power_on: true, autoreboot_on: true })
    const path = group.machinePath(id)
    const autoreboot = await ask('PUT', path, { autoreboot_on: false })
    expect(autoreboot.json).toMatchObject({ power_on: true, autoreboot_on: false })
    expect((await ask('PUT', path, { power_on: false })).json).toMatchObject({
      power_on: false,
      autoreboot_on: false,
    })
    await ask('PUT', path, { power_on: true })
    expect((await until(path, isOn)).json).toMatchObject({ autoreboot_on: false })
  })

  test('accepts power flags that the machine already has', async () => {
    const { id } = await group.bareMachine()
    const again = { autoreboot_on: false, power_on: false }
    expect(await ask('PUT', group.machinePath(id), again)).toMatchObject({ status: 200, json: again })
  })
})

describe.runIf(isWritable)('bigv-api.md, section 7: signals', () => {
  const group = useScratchGroup()

  test('turns the machine off some time after a powerdown signal', async () => {
    const { id } = await group.bareMachine([], { power_on: true })
    const signal = { signal: 'powerdown' }
    const reply = await ask('POST', `${group.machinePath(id)}/signal`, signal)
    expect(reply).toMatchObject({ status: 200, json: signal })
    await until(group.machinePath(id), (machine) => !isOn(machine))
  })

  test('resets a machine without turning it off or moving it to another head', async () => {
    const { id, head } = await group.bareMachine([], { power_on: true })
    expect((await ask('POST', `${group.machinePath(id)}/signal`, { signal: 'reset' })).status).toBe(200)
    expect((await ask('GET', group.machinePath(id))).json).toMatchObject({ power_on: true, head })
  })

  test.each(['a-b-c-ctrl-alt-del', 'ctrl-alt-delete', 'f12', 'no_such_key'])(
    'accepts sendkey with %s',
    async (data) => {
      const { id } = await group.bareMachine([], { power_on: true })
      const reply = await ask('POST', `${group.machinePath(id)}/signal`, { signal: 'sendkey', data })
      expect(reply).toMatchObject({ status: 200, json: { signal: 'sendkey', data } })
    },
  )

  test('refuses unknown signals, and sendkey without keys', async () => {
    const { id } = await group.bareMachine([], { power_on: true })
    const path = `${group.machinePath(id)}/signal`
    expect((await ask('POST', path, { signal: 'hup' })).json).toMatchObject({ signal: [expect.any(String)] })
    expect((await ask('POST', path, {})).json).toMatchObject({ signal: [expect.any(String)] })
    expect((await ask('POST', path, { signal: 'sendkey' })).json).toMatchObject({
      data: [expect.any(String)],
    })
    expect((await ask('POST', path, { signal: 'sendkey', data: 3 })).status).toBe(400)
  })

  test('refuses signals to a machine that is off', async () => {
    const { id } = await group.bareMachine()
    for (const signal of ['powerdown', 'reset'])
      expect((await ask('POST', `${group.machinePath(id)}/signal`, { signal })).status).toBe(400)
  })
})

describe.runIf(isWritable)('bigv-api.md, section 7: re-image', () => {
  const group = useScratchGroup()
  const image = { distribution: 'precise', root_password: 'correct horse' }

  test('turns a re-imaged machine on, and sets autoreboot_on to false', async () => {
    const { id } = await group.bareMachine([25_600])
    const reply = await ask('POST', `${group.machinePath(id)}/reimage`, {
      ...image,
      firstboot_script: '',
      other: 1,
    })
    expect(reply).toMatchObject({ status: 200, json: image })
    expect(reply.json).not.toHaveProperty('other')
    const on = await until(group.machinePath(id), isOn)
    expect(on.json).toMatchObject({ autoreboot_on: false, last_imaged_with: 'precise' })
  })

  test('refuses to re-image a machine that is on', async () => {
    const { id } = await group.bareMachine([25_600], { power_on: true })
    expect((await ask('POST', `${group.machinePath(id)}/reimage`, image)).status).toBe(400)
    expect((await ask('GET', group.machinePath(id))).json).toMatchObject({ power_on: true })
  })

  test('refuses to re-image a machine without discs', async () => {
    const { id } = await group.bareMachine()
    const path = group.machinePath(id)
    expect(await ask('POST', `${path}/reimage`, image)).toMatchObject({
      status: 400,
      json: { base: [expect.any(String)] },
    })
    expect((await ask('GET', path)).json).toMatchObject({ power_on: false, last_imaged_with: null })
  })

  test('refuses an unknown distribution, and a missing root password', async () => {
    const { id } = await group.bareMachine([25_600])
    const path = `${group.machinePath(id)}/reimage`
    expect((await ask('POST', path, {})).json).toMatchObject({ distribution: [expect.any(String)] })
    expect((await ask('POST', path, { ...image, distribution: 'amiga' })).json).toMatchObject({
      distribution: ['is not included in the list'],
    })
    expect((await ask('POST', path, { distribution: 'wheezy' })).json).toMatchObject({
      root_password: ["can't be blank"],
    })
  })
})
