import { expect, test } from 'vitest'
import { times } from '../rules/limits.ts'
import { machinePath, useBigV } from './bigv.ts'

const bigv = useBigV()

type Backup = { id: number }

const machineWithBackup = async () => {
  const account = await bigv.control.createAccount({ machines: [{ name: 'www1' }] })
  const ask = bigv.owner(account)
  const path = machinePath(account, 'www1')
  const backups = `${path}/discs/vda/backups`
  const made = await ask('POST', backups)
  const contents = async () =>
    (await bigv.control.machine(account.machines[0]?.id ?? 0)).discs.map((disc) => disc.contents)
  return { ask, path, backups, first: (made.json as Backup).id, contents }
}

test('restoring a backup first backs up the disc’s previous contents', async () => {
  const { ask, path, backups, first, contents } = await machineWithBackup()
  await bigv.control.advance(times.backup)
  await ask('POST', `${path}/reimage`, { distribution: 'precise', root_password: 'x' })
  await bigv.control.advance(times.reimage)
  expect(await contents()).toEqual(['precise'])
  expect((await ask('PUT', `${backups}/${first}`, { restore: true })).status).toBe(200)
  await bigv.control.advance(times.restore - 1)
  expect(await contents()).toEqual(['precise'])
  const overview = () => ask('GET', `${path}?view=overview`)
  const moving = { storage_grade: 'iceberg', new_storage_grade: 'sata', backup_count: 2 }
  expect((await overview()).json).toMatchObject({ discs: [moving] })
  await bigv.control.advance(1)
  expect(await contents()).toEqual(['wheezy'])
  expect((await overview()).json).toMatchObject({ discs: [{ storage_grade: 'sata' }] })
  const [, second] = (await ask('GET', backups)).json as Backup[]
  await ask('PUT', `${backups}/${second?.id}`, { restore: true })
  await bigv.control.advance(times.restore)
  expect(await contents()).toEqual(['precise'])
})

test('the simulator refuses to restore an unfinished backup, or two backups at once', async () => {
  const { ask, path, backups, first } = await machineWithBackup()
  const restore = () => ask('PUT', `${backups}/${first}`, { restore: true })
  expect(await restore()).toMatchObject({ status: 400, json: { base: [expect.any(String)] } })
  await bigv.control.advance(times.backup)
  expect((await restore()).status).toBe(200)
  expect((await restore()).status).toBe(400)
  expect((await ask('GET', backups)).json).toHaveLength(2)
  expect((await ask('DELETE', `${path}/discs/vda?purge=true`)).status).toBe(204)
  await bigv.control.advance(times.restore)
  expect((await ask('GET', `${path}/discs`)).json).toEqual([])
})
