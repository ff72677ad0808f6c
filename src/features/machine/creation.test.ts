import { expect, test } from 'vitest'
import { machine } from '../../api/testing/machines.ts'
import { operation } from '../../operations/testing/samples.ts'
import { creationOf } from './creation.tsx'

const step = (body: unknown) => ({
  method: 'POST',
  path: '/accounts/acme/groups/default/vm_create',
  body,
  trace: null,
})
const creating = (body: unknown) => operation({ action: 'create', steps: [step(body)] })

test('shows the size, discs, image and request of a creation', () => {
  const body = {
    virtual_machine: { name: 'web', cores: 2, memory: 4096 },
    discs: [{ label: 'disc-1', size: 25_600, storage_grade: 'sata' }],
    reimage: { distribution: 'wheezy', root_password: '•••' },
  }
  expect(creationOf(creating(body))).toEqual({
    size: '2 cores · 4 GiB',
    discs: '25 GiB sata',
    image: 'Debian 7',
    request: 'POST /accounts/acme/groups/default/vm_create',
  })
})

test('shows the size of a bare machine, which one plain request creates', () => {
  expect(creationOf(creating({ name: 'web', cores: 1, memory: 512 })).size).toBe('1 core · 512 MiB')
})

test('shows what BigV says if another browser creates the machine', () => {
  expect(creationOf(undefined, machine({ discs: [] }))).toEqual({
    size: '1 core · 1 GiB',
    discs: 'none',
    image: null,
    request: null,
  })
  expect(creationOf(undefined).size).toBeNull()
})

test('shows nothing of a stored body that has another form', () => {
  expect(creationOf(creating('x'), machine()).size).toBe('1 core · 1 GiB')
  expect(creationOf(creating({ virtual_machine: 7 })).size).toBeNull()
})
