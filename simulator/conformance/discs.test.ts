import { describe, expect, test } from 'vitest'
import { useScratchGroup, type Disc } from './group.ts'
import { ask, isWritable, until, useTarget } from './target.ts'

useTarget()

describe.runIf(isWritable)('bigv-api.md, section 8: discs', () => {
  const group = useScratchGroup()

  const machineWith = async (sizes: number[], attributes = {}) => {
    const machine = await group.bareMachine(sizes, attributes)
    return { machine, path: `${group.machinePath(machine.id)}/discs`, discs: machine.discs ?? [] }
  }

  test('adds a disc, and shows it by id, by label and in the list', async () => {
    const { machine, path } = await machineWith([25_600])
    const wanted = { label: 'disc-2', storage_grade: 'archive', size: 51_200 }
    const made = await ask('POST', path, { ...wanted, server_id: 7, backup_schedules: [] })
    expect(made).toMatchObject({ status: 200, json: { ...wanted, virtual_machine_id: machine.id } })
    const { id, storage_pool } = made.json as Disc
    expect(storage_pool).toBeTruthy()
    const byLabel = (await ask('GET', `${path}/disc-2`)).json
    expect(byLabel).toMatchObject({ id, ...wanted })
    expect((await ask('GET', `${path}/${id}`)).json).toEqual(byLabel)
    expect((await ask('GET', `/discs/${id}`)).json).toEqual(byLabel)
    expect((await ask('GET', path)).json).toHaveLength(2)
  })

  test('chooses a storage grade and a label if the request has none', async () => {
    const { path } = await machineWith([25_600])
    expect((await ask('POST', path, { size: 1024 })).json).toMatchObject({
      label: 'vdb',
      storage_grade: 'sata',
    })
  })

  test.each([
    ['no size', {}, 'size'],
    ['49 MiB', { size: 49 }, 'size'],
    ['more than 2 TiB', { size: 2_097_153 }, 'size'],
    ['a text as its size', { size: '25600' }, 'size'],
    ['an unknown storage grade', { size: 1024, storage_grade: 'floppy' }, 'storage_grade'],
    ['a label that another disc has', { size: 1024, label: 'vda' }, 'label'],
    ['a number as its label', { size: 1024, label: 9 }, 'label'],
  ])('refuses a disc with %s', async (_, wanted, field) => {
    const { path } = await machineWith([25_600])
    expect(await ask('POST', path, wanted)).toMatchObject({
      status: 400,
      json: { [field]: [expect.any(String)] },
    })
    expect((await ask('GET', path)).json).toHaveLength(1)
  })

  test('accepts sizes from 50 MiB to 2 TiB', async () => {
    const { path } = await machineWith([])
    expect((await ask('POST', path, { size: 50 })).status).toBe(200)
    expect((await ask('POST', path, { size: 2_097_152 })).status).toBe(200)
  })

  test('refuses a ninth disc', async () => {
    const { path } = await machineWith([1024, 1024, 1024, 1024, 1024, 1024, 1024])
    expect((await ask('POST', path, { size: 1024 })).status).toBe(200)
    expect((await ask('POST', path, { size: 1024 })).status).toBe(400)
  })

  test('grows a disc, but does not shrink it', async () => {
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

  test('changes a label, and refuses one that another disc has', async () => {
    const { path } = await machineWith([1024, 1024])
    expect((await ask('PUT', `${path}/vdb`, { label: 'my logs' })).status).toBe(200)
    expect((await ask('GET', `${path}/my+logs`)).status).toBe(200)
    expect((await ask('PUT', `${path}/vda`, { label: 'my logs' })).status).toBe(400)
  })

  test('adds, grows and removes discs while the machine runs', async () => {
    const { path } = await machineWith([25_600], { power_on: true })
    expect((await ask('POST', path, { size: 1024 })).status).toBe(200)
    expect((await ask('PUT', `${path}/vda`, { size: 51_200 })).status).toBe(200)
    expect((await ask('DELETE', `${path}/vdb?purge=true`)).status).toBe(204)
  })

  test('moves a disc to another machine while both are off', async () => {
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

  test('deletes a disc only with purge=true, and answers 500 without it', async () => {
    const { path, discs } = await machineWith([1024, 1024])
    expect((await ask('DELETE', `${path}/vda`)).status).toBe(500)
    expect((await ask('DELETE', `${path}/vda?purge=False`)).status).toBe(500)
    expect((await ask('GET', path)).json).toHaveLength(2)
    expect(await ask('DELETE', `${path}/vda?purge=true`)).toMatchObject({ status: 204, text: '' })
    expect((await ask('DELETE', `/discs/${discs[1]?.id}?purge=true`)).status).toBe(204)
    expect((await ask('GET', path)).json).toEqual([])
  })

  type Backup = { id: number; label: string; storage_grade: string; parent_disc_id: number }

  /** Backs up the disc vda of the machine at `path`, and waits until the backup is done. */
  const backUp = async (path: string): Promise<Backup> => {
    const made = await ask('POST', `${path}/vda/backups`)
    expect(made.status).toBe(200)
    const backup = made.json as Backup
    const there = await until(
      `${path}/vda/backups/${backup.id}`,
      ({ json }) => (json as Backup).storage_grade === 'iceberg',
    )
    expect(there.json).toEqual({ ...backup, storage_grade: 'iceberg' })
    return there.json as Backup
  }

  test('creates a backup in the disc’s storage grade, then moves it to the grade iceberg', async () => {
    const { path, discs } = await machineWith([1024])
    const made = await ask('POST', `${path}/vda/backups`)
    expect(made).toMatchObject({
      status: 200,
      json: { parent_disc_id: discs[0]?.id, manual: true, size: 1024, storage_grade: 'sata' },
    })
    const backup = await backUp(path)
    expect((await ask('GET', `${path}/vda/backups/${backup.label}`)).json).toEqual(backup)
    expect((await ask('GET', `${path}/vda/backups`)).json).toMatchObject([
      { id: (made.json as Backup).id },
      { id: backup.id },
    ])
    expect((await ask('GET', `${path}/vda`)).json).toMatchObject({ backup_count: 2 })
  })

  test('backs up the disc before restoring a backup', async () => {
    const { path } = await machineWith([1024])
    const backup = await backUp(path)
    const restored = await ask('PUT', `${path}/vda/backups/${backup.label}`, { restore: true })
    expect(restored).toMatchObject({ status: 200, json: { id: backup.id } })
    const meanwhile = (await ask('GET', `${path}/vda`)).json
    expect(meanwhile).toMatchObject({
      storage_grade: 'iceberg',
      new_storage_grade: 'sata',
      backup_count: 2,
    })
    const done = await until(`${path}/vda`, ({ json }) => (json as Disc).storage_grade === 'sata')
    expect(done.json).not.toHaveProperty('new_storage_grade')
    expect(await ask('PUT', `${path}/vda/backups/${backup.id}`, {})).toMatchObject({ status: 200 })
    expect((await ask('GET', `${path}/vda`)).json).toMatchObject({ backup_count: 2 })
  })

  test('deletes a backup only with purge=true, and answers 500 without it', async () => {
    const { path } = await machineWith([1024])
    const { id } = await backUp(path)
    const one = `${path}/vda/backups/${id}`
    expect((await ask('DELETE', one)).status).toBe(500)
    expect(await ask('DELETE', `${one}?purge=true`)).toMatchObject({ status: 204, text: '' })
    expect((await ask('GET', one)).status).toBe(404)
    expect((await ask('PUT', one, { restore: true })).status).toBe(404)
    expect((await ask('GET', `${path}/vda/backups`)).json).toEqual([])
  })

  test('adds, lists and deletes backup schedules', async () => {
    const { path } = await machineWith([1024])
    const schedules = `${path}/vda/backup_schedules`
    const schedule = { start_at: '00:00', interval_seconds: 3600, capacity: 1 }
    const made = await ask('POST', schedules, schedule)
    expect(made).toMatchObject({ status: 200, json: schedule })
    expect(await ask('POST', schedules, {})).toMatchObject({
      status: 400,
      json: { interval_seconds: 'Missing interval_seconds parameter' },
    })
    expect((await ask('GET', schedules)).json).toEqual([made.json])
    const { id } = made.json as { id: number }
    expect(await ask('DELETE', `${schedules}/${id}`)).toMatchObject({ status: 204, text: '' })
    expect((await ask('DELETE', `${schedules}/${id}`)).status).toBe(404)
    expect((await ask('GET', schedules)).json).toEqual([])
  })
})
