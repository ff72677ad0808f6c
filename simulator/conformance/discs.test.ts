import { describe, expect, test } from 'vitest'
import { useScratchGroup, type Disc } from './group.ts'
import { ask, isWritable, useTarget } from './target.ts'

useTarget()

describe.runIf(isWritable)('section 8: discs', () => {
  const group = useScratchGroup()

  const machineWith = async (sizes: number[], attributes = {}) => {
    const machine = await group.bareMachine(sizes, attributes)
    return { machine, path: `${group.machinePath(machine.id)}/discs`, discs: machine.discs ?? [] }
  }

  test('one is added, read by id and label, and listed', async () => {
    const { machine, path } = await machineWith([25_600])
    const wish = { label: 'disc-2', storage_grade: 'archive', size: 51_200 }
    const made = await ask('POST', path, { ...wish, server_id: 7, backup_schedules: [] })
    expect(made).toMatchObject({ status: 201, json: { ...wish, virtual_machine_id: machine.id } })
    const { id, storage_pool } = made.json as Disc
    expect(storage_pool).toBeTruthy()
    const byLabel = (await ask('GET', `${path}/disc-2`)).json
    expect(byLabel).toMatchObject({ id, ...wish })
    expect((await ask('GET', `${path}/${id}`)).json).toEqual(byLabel)
    expect((await ask('GET', `/discs/${id}`)).json).toEqual(byLabel)
    expect((await ask('GET', path)).json).toHaveLength(2)
  })

  test('grade and label are given when they are not said', async () => {
    const { path } = await machineWith([25_600])
    expect((await ask('POST', path, { size: 1024 })).json).toMatchObject({
      label: 'vdb',
      storage_grade: 'sata',
    })
  })

  test.each([
    [{}, 'size'],
    [{ size: 49 }, 'size'],
    [{ size: 2_097_153 }, 'size'],
    [{ size: '25600' }, 'size'],
    [{ size: 1024, storage_grade: 'floppy' }, 'storage_grade'],
    [{ size: 1024, label: 'vda' }, 'label'],
    [{ size: 1024, label: 9 }, 'label'],
  ])('refused: %j', async (wish, field) => {
    const { path } = await machineWith([25_600])
    expect(await ask('POST', path, wish)).toMatchObject({
      status: 400,
      json: { [field]: [expect.any(String)] },
    })
    expect((await ask('GET', path)).json).toHaveLength(1)
  })

  test('sizes from 50 MiB to 2 TiB', async () => {
    const { path } = await machineWith([])
    expect((await ask('POST', path, { size: 50 })).status).toBe(201)
    expect((await ask('POST', path, { size: 2_097_152 })).status).toBe(201)
  })

  test('eight at most', async () => {
    const { path } = await machineWith([1024, 1024, 1024, 1024, 1024, 1024, 1024])
    expect((await ask('POST', path, { size: 1024 })).status).toBe(201)
    expect((await ask('POST', path, { size: 1024 })).status).toBe(400)
  })

  test('one grows, and never shrinks', async () => {
    const { path, discs } = await machineWith([25_600])
    expect((await ask('PUT', `${path}/vda`, { size: 61_440 })).json).toMatchObject({
      id: discs[0]?.id,
      size: 61_440,
    })
    expect((await ask('PUT', `${path}/vda`, { size: 30_720 })).json).toMatchObject({
      size: [expect.any(String)],
    })
    expect((await ask('GET', `${path}/vda`)).json).toMatchObject({ size: 61_440 })
  })

  test('a label changes, and has to stay unique', async () => {
    const { path } = await machineWith([1024, 1024])
    expect((await ask('PUT', `${path}/vdb`, { label: 'my logs' })).status).toBe(200)
    expect((await ask('GET', `${path}/my+logs`)).status).toBe(200)
    expect((await ask('PUT', `${path}/vda`, { label: 'my logs' })).status).toBe(400)
  })

  test('one can be added, grown and removed while the machine runs', async () => {
    const { path } = await machineWith([25_600], { power_on: true })
    expect((await ask('POST', path, { size: 1024 })).status).toBe(201)
    expect((await ask('PUT', `${path}/vda`, { size: 51_200 })).status).toBe(200)
    expect((await ask('DELETE', `${path}/vdb?purge=true`)).status).toBe(204)
  })

  test('virtual_machine_id moves one, both machines off', async () => {
    const from = await machineWith([25_600, 1024])
    const to = await machineWith([])
    const running = await machineWith([], { power_on: true })
    const move = (id: number) => ask('PUT', `${from.path}/vdb`, { virtual_machine_id: id })
    expect((await move(running.machine.id)).status).toBe(400)
    expect((await move(999_999_999)).status).toBe(400)
    expect(await move(to.machine.id)).toMatchObject({
      status: 200,
      json: { virtual_machine_id: to.machine.id },
    })
    expect((await ask('GET', from.path)).json).toHaveLength(1)
    expect((await ask('GET', to.path)).json).toMatchObject([{ label: 'vdb', size: 1024 }])
  })

  test('DELETE wants purge=true, else it is a 500', async () => {
    const { path, discs } = await machineWith([1024, 1024])
    expect((await ask('DELETE', `${path}/vda`)).status).toBe(500)
    expect((await ask('DELETE', `${path}/vda?purge=False`)).status).toBe(500)
    expect((await ask('GET', path)).json).toHaveLength(2)
    expect(await ask('DELETE', `${path}/vda?purge=true`)).toMatchObject({ status: 204, text: '' })
    expect((await ask('DELETE', `/discs/${discs[1]?.id}?purge=true`)).status).toBe(204)
    expect((await ask('GET', path)).json).toEqual([])
  })

  test('backups and their schedules', async () => {
    const { path } = await machineWith([1024])
    const backup = await ask('POST', `${path}/vda/backups`)
    expect(backup.status).toBe(201)
    expect((await ask('GET', `${path}/vda/backups`)).json).toEqual([backup.json])
    const schedule = { start_at: '00:00', interval_seconds: 3600, capacity: 1 }
    expect(await ask('POST', `${path}/vda/backup_schedules`, schedule)).toMatchObject({
      status: 201,
      json: schedule,
    })
    expect(await ask('POST', `${path}/vda/backup_schedules`, {})).toMatchObject({
      status: 400,
      json: { interval_seconds: 'Missing interval_seconds parameter' },
    })
  })
})
