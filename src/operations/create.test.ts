import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRequest, type CreateBundle } from '../actions/lifecycle.ts'
import { queryClient } from '../api/query-client.ts'
import { json, startFakeBigv, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { machine, REF } from '../api/testing/machines.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../session/session.ts'
import { createMachine } from './create.ts'
import { setReadOnly } from './read-only.ts'
import { clearOperations, operations } from './store.ts'
import { cut, DEMO, status } from './testing/machine-at-bigv.ts'

const GROUP = '/accounts/acme/groups/default'
const BUNDLE: CreateBundle = {
  virtual_machine: { name: 'web', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
  discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
  reimage: { distribution: 'wheezy', root_password: 'tops3cret' },
}
const { virtual_machine } = BUNDLE

let bigv: FakeBigv
/** The answers to come, in order. */
let answers: FakeBigv['answer'][]

beforeEach(async () => {
  bigv = await startFakeBigv()
  answers = []
  bigv.answer = (request, response) => (answers.shift() ?? status(404))(request, response)
  signIn(DEMO, false)
})
afterEach(async () => {
  setReadOnly(false)
  clearOperations()
  queryClient.clear()
  signOut()
  await bigv.close()
})

const sent = () =>
  bigv.received.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [method, path, body])
const FREE = status(404)
const ACCEPTED: FakeBigv['answer'] = (request, response) => json(response, 202, request.body)
const there =
  (deleted: boolean): FakeBigv['answer'] =>
  (_, response) =>
    json(response, 200, machine({ deleted }))

describe('the request that makes a machine', () => {
  test.each<[string, CreateBundle, string, object]>([
    ['all of it', BUNDLE, 'vm_create', BUNDLE],
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
  ])('of %s', async (_, bundle, path, body) => {
    expect(createRequest(REF, bundle)).toEqual({ method: 'POST', path: `${GROUP}/${path}`, body })
    answers = [FREE, ACCEPTED]
    expect(await createMachine(REF, bundle)).toMatchObject({ is: 'begun' })
    expect(sent()).toEqual([['POST', `${GROUP}/${path}`, body]])
    expect(JSON.stringify(body)).toContain('"power_on":true,"autoreboot_on":true')
  })
})

describe('creating a machine', () => {
  test('looks whether the name is free, deleted machines included, and then is watched', async () => {
    answers = [FREE, ACCEPTED]
    expect(await createMachine(REF, BUNDLE)).toEqual({ is: 'begun', key: operations()[0]?.key })
    expect(bigv.received[0]?.path).toBe(`${GROUP}/virtual_machines/web?view=overview&include_deleted=true`)
    expect(operations()).toMatchObject([
      {
        action: 'create',
        phase: 'waiting',
        expects: { power_on: true },
        target: { ...REF, id: null, name: 'web' },
        evidence: { offSeen: false, headMoved: false, timesSeenOn: 0 },
      },
    ])
  })

  test('keeps no root password', async () => {
    answers = [FREE, ACCEPTED]
    await createMachine(REF, BUNDLE)
    expect(JSON.stringify(operations())).not.toContain('tops3cret')
    expect(JSON.stringify(operations())).toContain('root_password')
  })

  test('expects no power where none was asked for', async () => {
    answers = [FREE, ACCEPTED]
    await createMachine(REF, { virtual_machine: { ...virtual_machine, power_on: false } })
    expect(operations()[0]?.expects).toEqual({ power_on: false })
  })

  test.each([false, true])(
    'sends nothing when the name is taken (by a deleted machine: %s)',
    async (deleted) => {
      answers = [there(deleted)]
      expect(await createMachine(REF, BUNDLE)).toMatchObject({ is: 'taken', by: { vm: { id: 7, deleted } } })
      expect([sent(), operations()]).toEqual([[], []])
    },
  )

  test.each([403, 503])('sends nothing when the name cannot be looked up: %i', async (code) => {
    answers = [status(code)]
    expect(await createMachine(REF, BUNDLE)).toMatchObject({
      is: 'refused',
      error: { trace: { status: code } },
    })
    expect([sent(), operations()]).toEqual([[], []])
  })

  test('looks once more when the user has signed in again, and sends nothing where they do not', async () => {
    answers = [status(401)]
    const declined = createMachine(REF, BUNDLE)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true), 10_000)
    cancelSignInAgain()
    expect(await declined).toMatchObject({ is: 'refused', error: { trace: { status: 401 } } })
    expect([sent(), operations()]).toEqual([[], []])
    answers = [status(401), FREE, ACCEPTED]
    signIn({ ...DEMO, password: 'newer' }, false)
    const created = createMachine(REF, BUNDLE)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true), 10_000)
    signIn({ ...DEMO, password: 'newest' }, false)
    expect(await created).toMatchObject({ is: 'begun' })
    expect(sent()).toHaveLength(1)
  })

  test('sends nothing while “Look only” is on', async () => {
    setReadOnly(true)
    expect(await createMachine(REF, BUNDLE)).toMatchObject({ is: 'not sent' })
    expect(bigv.received).toEqual([])
  })

  test('sends nothing in the name of somebody else who signed in during the look-up', async () => {
    answers = [
      (request, response) => {
        signIn({ ...DEMO, username: 'colleague' }, false)
        FREE(request, response)
      },
    ]
    expect(await createMachine(REF, BUNDLE)).toMatchObject({ is: 'not sent' })
    expect([sent(), operations()]).toEqual([[], []])
  })

  test('sends one request for two clicks', async () => {
    answers = [FREE, ACCEPTED]
    const [first, second] = await Promise.all([createMachine(REF, BUNDLE), createMachine(REF, BUNDLE)])
    expect([first, second]).toMatchObject([
      { is: 'begun' },
      { is: 'not sent', reason: '“Create” is still running.' },
    ])
    expect(sent()).toHaveLength(1)
  })

  test('lets another name through meanwhile', async () => {
    answers = [FREE, FREE, ACCEPTED, ACCEPTED]
    const other = { virtual_machine: { ...virtual_machine, name: 'db' } }
    const created = await Promise.all([createMachine(REF, BUNDLE), createMachine(REF, other)])
    expect(created).toMatchObject([{ is: 'begun' }, { is: 'begun' }])
  })

  test('a name that cannot stand in a path leaves nothing behind', async () => {
    await expect(createMachine(REF, { virtual_machine: { ...virtual_machine, name: '..' } })).rejects.toThrow(
      RangeError,
    )
    expect([bigv.received, operations()]).toEqual([[], []])
  })
})

describe('when BigV does not take it', () => {
  test('the messages come back by field', async () => {
    const messages = { name: ['is invalid'], discs: [{ size: ['must be greater than or equal to 50'] }] }
    answers = [FREE, (_, response) => json(response, 400, messages)]
    expect(await createMachine(REF, BUNDLE)).toMatchObject({
      is: 'refused',
      error: { fields: { name: ['is invalid'], 'discs.0.size': ['must be greater than or equal to 50'] } },
    })
    expect(operations()).toMatchObject([
      { phase: 'ended', outcome: 'refused', steps: [{ trace: { status: 400 } }] },
    ])
    expect(sent()).toHaveLength(1)
  })

  test.each([
    [
      'there',
      there(false),
      { vm: { id: 7 } },
      'A machine of that name is there now: BigV has made it, or somebody else has.',
    ],
    ['not there', status(404), null, 'No machine of that name is to be seen; BigV may still make it.'],
    ['not to be read', status(503), null, 'Whether BigV made it is not known.'],
  ])('a cut is unclear: it is sent once, and looked for: %s', async (_, fetchOnce, found, known) => {
    answers = [FREE, cut, fetchOnce]
    expect(await createMachine(REF, BUNDLE)).toMatchObject({
      is: 'unclear',
      found,
      error: { kind: 'unreachable' },
    })
    expect(operations()).toMatchObject([
      { outcome: 'unclear', note: `The connection failed before an answer came. ${known}` },
    ])
    expect(bigv.received.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
  })
})
