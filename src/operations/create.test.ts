import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRequest, type CreateBundle } from '../actions/lifecycle.ts'
import { cut, cutAfter, fine, status, useSimulatedBigv, userOf } from '../api/testing/simulated-bigv.ts'
import type { GroupRef } from '../lib/links.ts'
import type { BasicCredentials } from '../session/credentials.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../session/session.ts'
import { createMachine } from './create.ts'
import { setReadOnly } from '../session/read-only.ts'
import { clearOperations, operations, subscribeOperations } from './store.ts'

const BUNDLE: CreateBundle = {
  virtual_machine: { name: 'web', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
  discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
  reimage: { distribution: 'wheezy', root_password: 'tops3cret' },
}
const { virtual_machine } = BUNDLE

const bigv = useSimulatedBigv()
let account: number
let ref: GroupRef
let user: BasicCredentials

beforeEach(async () => {
  // The machine is in a private VLAN, where addresses can be chosen.
  const made = await bigv.control.createAccount({ vlans: { default: 2 } })
  account = made.id
  ref = { account: made.account, group: 'default' }
  user = userOf(made)
  signIn(user, false)
})
afterEach(() => {
  setReadOnly(false)
  clearOperations()
  signOut()
})

const groupPath = () => `/accounts/${ref.account}/groups/default`
const methods = async () => (await bigv.received()).map(({ method }) => method)

describe('the request that creates a machine', () => {
  test.each<[string, CreateBundle, string, object]>([
    ['everything', BUNDLE, 'vm_create', BUNDLE],
    [
      'discs only',
      { virtual_machine, discs: BUNDLE.discs ?? [] },
      'vm_create',
      { virtual_machine, discs: BUNDLE.discs },
    ],
    ['neither discs nor a system', { virtual_machine }, 'virtual_machines', virtual_machine],
    [
      'addresses only',
      { virtual_machine, ips: { ipv4: '10.0.0.2' } },
      'vm_create',
      { virtual_machine, ips: { ipv4: '10.0.0.2' } },
    ],
    ['an empty list of discs', { virtual_machine, discs: [] }, 'virtual_machines', virtual_machine],
  ])('has the right path and body for a machine with %s', async (_, bundle, path, body) => {
    expect(createRequest(ref, bundle)).toEqual({ method: 'POST', path: `${groupPath()}/${path}`, body })
    expect(await createMachine(ref, bundle)).toMatchObject({ is: 'begun' })
    expect(await bigv.writes()).toEqual([['POST', `${groupPath()}/${path}`, body]])
    expect(JSON.stringify(body)).toContain('"power_on":true,"autoreboot_on":true')
  })
})

describe('creating a machine', () => {
  test('checks that no machine has the name, even a deleted one, then watches the new machine', async () => {
    expect(await createMachine(ref, BUNDLE)).toEqual({ is: 'begun', key: operations()[0]?.key })
    expect((await bigv.received())[0]).toMatchObject({
      path: `${groupPath()}/virtual_machines/web`,
      query: { view: 'overview', include_deleted: 'true' },
    })
    expect(operations()).toMatchObject([
      {
        action: 'create',
        phase: 'waiting',
        expects: { power_on: true },
        target: { ...ref, id: null, name: 'web' },
        evidence: { offSeen: false, headMoved: false, timesSeenOn: 0 },
      },
    ])
  })

  test('stores no root password', async () => {
    await createMachine(ref, BUNDLE)
    expect(JSON.stringify(operations())).not.toContain('tops3cret')
    expect(JSON.stringify(operations())).toContain('root_password')
  })

  test('expects the machine to stay off if the form says so', async () => {
    await createMachine(ref, { virtual_machine: { ...virtual_machine, power_on: false } })
    expect(operations()[0]?.expects).toEqual({ power_on: false })
  })

  test.each([false, true])(
    'sends nothing if another machine has the name (which is deleted: %s)',
    async (deleted) => {
      const { id } = await bigv.control.createMachine(account, { name: 'web', deleted })
      expect(await createMachine(ref, BUNDLE)).toMatchObject({ is: 'taken', by: { vm: { id, deleted } } })
      expect([await bigv.writes(), operations()]).toEqual([[], []])
    },
  )

  test.each([403, 503])('sends nothing if the name check fails with %i', async (code) => {
    await bigv.answer('GET', status(code))
    expect(await createMachine(ref, BUNDLE)).toMatchObject({
      is: 'refused',
      error: { trace: { status: code } },
    })
    expect([await bigv.writes(), operations()]).toEqual([[], []])
  })

  test('repeats the name check after a new sign-in, and sends nothing without one', async () => {
    await bigv.answer('GET', status(401))
    const declined = createMachine(ref, BUNDLE)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true), 10_000)
    cancelSignInAgain()
    expect(await declined).toMatchObject({ is: 'refused', error: { trace: { status: 401 } } })
    expect([await bigv.writes(), operations()]).toEqual([[], []])
    await bigv.answer('GET', status(401))
    signIn({ ...user }, false)
    const created = createMachine(ref, BUNDLE)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true), 10_000)
    signIn({ ...user }, false)
    expect(await created).toMatchObject({ is: 'begun' })
    expect(await bigv.writes()).toHaveLength(1)
  })

  test('sends nothing in read-only mode', async () => {
    setReadOnly(true)
    expect(await createMachine(ref, BUNDLE)).toMatchObject({ is: 'not sent' })
    expect(await bigv.received()).toEqual([])
  })

  test('sends nothing if another user signs in during the name check', async () => {
    bigv.onAnswer = () => signIn({ ...user, username: 'colleague' }, false)
    expect(await createMachine(ref, BUNDLE)).toMatchObject({ is: 'not sent' })
    expect([await bigv.writes(), operations()]).toEqual([[], []])
  })

  test('sends one request for two clicks', async () => {
    const [first, second] = await Promise.all([createMachine(ref, BUNDLE), createMachine(ref, BUNDLE)])
    expect([first, second]).toMatchObject([
      { is: 'begun' },
      { is: 'not sent', reason: '“Create” is still running.' },
    ])
    expect(await bigv.writes()).toHaveLength(1)
  })

  test('is allowed while a machine with another name is being created', async () => {
    const other = { virtual_machine: { ...virtual_machine, name: 'db' } }
    const created = await Promise.all([createMachine(ref, BUNDLE), createMachine(ref, other)])
    expect(created).toMatchObject([{ is: 'begun' }, { is: 'begun' }])
  })

  test('leaves no record if the machine’s name isn’t valid in a path', async () => {
    await expect(createMachine(ref, { virtual_machine: { ...virtual_machine, name: '..' } })).rejects.toThrow(
      RangeError,
    )
    expect([await bigv.received(), operations()]).toEqual([[], []])
  })
})

test('if the dashboard fails after the request, it is unclear whether the machine was created', async () => {
  // Stands for any fault after the request was sent. This one happens when the answer is recorded.
  const stop = subscribeOperations(() => {
    if (operations().some(({ steps }) => steps.at(-1)?.trace)) throw new Error('A fault.')
  })
  const created = await createMachine(ref, BUNDLE).finally(stop)
  expect(created).toEqual({ is: 'broken', message: 'A fault. BigV may or may not have created the machine.' })
  expect(await bigv.writes()).toHaveLength(1)
})

describe('a request to create a machine that BigV doesn’t accept or answer', () => {
  test('is refused, with BigV’s messages by field', async () => {
    const messages = { name: ['is invalid'], discs: [{ size: ['must be greater than or equal to 50'] }] }
    await bigv.answer('POST', status(400, messages))
    expect(await createMachine(ref, BUNDLE)).toMatchObject({
      is: 'refused',
      error: { fields: { name: ['is invalid'], 'discs.0.size': ['must be greater than or equal to 50'] } },
    })
    expect(operations()).toMatchObject([
      { phase: 'ended', outcome: 'refused', steps: [{ trace: { status: 400 } }] },
    ])
    expect(await bigv.writes()).toHaveLength(1)
  })

  test.each([
    [
      'there',
      cutAfter,
      fine,
      { vm: { name: 'web' } },
      'A machine with that name now exists: your request succeeded, or another user created it.',
    ],
    ['not there', cut, fine, null, 'No machine with that name was found. BigV may still create it.'],
    ['unknown, as the fetch fails', cut, status(503), null, 'BigV may or may not have created the machine.'],
  ])(
    'ends as unclear after a cut connection, if the machine, when looked up, is %s',
    async (_, post, look, found, known) => {
      await bigv.answer('POST', post)
      await bigv.answer('GET', fine, look)
      expect(await createMachine(ref, BUNDLE)).toMatchObject({
        is: 'unclear',
        found,
        error: { kind: 'unreachable' },
      })
      expect(operations()).toMatchObject([
        { outcome: 'unclear', note: `The connection failed before BigV answered. ${known}` },
      ])
      expect(await methods()).toEqual(['GET', 'POST', 'GET'])
    },
  )
})
