import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MachineActionName as MachineAction } from '../actions/index.ts'
import { boundBy } from '../actions/testing/bound.ts'
import { json } from '../api/testing/fake-bigv.ts'
import { PATH, REF } from '../api/testing/machines.ts'
import { signIn, signOut } from '../session/session.ts'
import { setReadOnly } from './read-only.ts'
import { beginOperation, type Begun } from './run.ts'
import {
  clearOperations,
  endOperation,
  findOperation,
  operationEnd,
  operations,
  putOperation,
} from './store.ts'
import { cut, DEMO, machineAtBigv, status, until, type MachineAtBigv } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'

const STOPPED = { power_on: false, autoreboot_on: false }
const put = (body: object) => ['PUT', PATH, body]
const powerdown = ['POST', `${PATH}/signal`, { signal: 'powerdown' }]

let bigv: MachineAtBigv

beforeEach(async () => {
  bigv = await machineAtBigv()
})
afterEach(async () => {
  setReadOnly(false)
  await bigv.close()
})

type More = Partial<Parameters<typeof beginOperation>[0]> & { params?: unknown }
const begin = (action: MachineAction, { params, ...more }: More = {}) =>
  beginOperation({ bound: boundBy(action, params), ref: REF, id: 7, name: 'web', ...more })

function keyOf(begun: Begun): string {
  if (begun.is !== 'begun') throw new Error(`It did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}

/** Begins it and waits for its end. */
const ended = async (action: MachineAction) => until(keyOf(await begin(action)), 'ended')

describe('an operation that goes well', () => {
  test('reads the machine, sends, and is done when the answer shows it so', async () => {
    Object.assign(bigv.vm, STOPPED)
    const operation = await ended('start')
    expect(operation).toMatchObject({
      outcome: 'done',
      note: '',
      username: 'demo',
      autoreboot: { before: false, after: true },
      target: { ...REF, id: 7, name: 'web' },
      steps: [
        {
          method: 'PUT',
          path: PATH,
          body: { autoreboot_on: true, power_on: true },
          trace: { status: 200, method: 'PUT', path: PATH },
        },
      ],
    })
    expect(bigv.log()).toEqual(['GET', put({ autoreboot_on: true, power_on: true })])
  })

  test('a change keeps no secret of what it expects, and nothing of it in its steps', async () => {
    const key = keyOf(
      await begin('change', { params: { attributes: { cdrom_url: 'http://me:secret@x/y.iso' } } }),
    )
    const operation = await until(key, 'ended')
    expect(operation.expects).toEqual({ cdrom_url: 'http://••••••@x/y.iso' })
    expect(JSON.stringify(operations())).not.toContain('secret')
    expect(bigv.log().at(-1)).toEqual(put({ cdrom_url: 'http://me:secret@x/y.iso' }))
  })

  test('a form that showed an attribute otherwise than it reads is asked again', async () => {
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true }
    const params = { attributes: { cores: 2 } }
    const begun = await begin('change', { params, decidedOn: { ...decidedOn, decidedOn: [8] } })
    expect(begun.is).toBe('changed')
    expect(bigv.log()).toEqual(['GET'])
    keyOf(await begin('change', { params, decidedOn: { ...decidedOn, decidedOn: [1] } }))
  })

  test('a machine that a list has just shown is not read alone, and belongs to the run that asks', async () => {
    Object.assign(bigv.vm, STOPPED)
    const key = keyOf(await begin('start', { row: { ...bigv.vm }, batch: 'r1' }))
    expect(await until(key, 'ended')).toMatchObject({ outcome: 'done', batch: 'r1' })
    expect(bigv.log()).toEqual([put({ autoreboot_on: true, power_on: true })])
    expect(await begin('start', { row: { ...bigv.vm } })).toMatchObject({ is: 'refused' })
  })

  test('waits when the answer does not show it yet', async () => {
    Object.assign(bigv.vm, STOPPED)
    bigv.writes = [(_, response) => json(response, 200, { ...bigv.vm, autoreboot_on: true })]
    const { evidence } = await until(keyOf(await begin('start')), 'waiting')
    expect(evidence).toMatchObject({ offSeen: false, headMoved: false, timesSeenOn: 0 })
  })

  test('waits when the answer says nothing of the machine', async () => {
    Object.assign(bigv.vm, STOPPED)
    bigv.writes = [(_, response) => response.end()]
    await until(keyOf(await begin('start')), 'waiting')
  })

  test('a reboot takes the off of its answer for the off moment', async () => {
    const waiting = await until(keyOf(await begin('reboot')), ({ evidence }) => evidence?.offSeen === true)
    expect(waiting.phase).toBe('waiting')
    expect(waiting.evidence?.headBefore).toBe('head1')
  })

  test('a shut down sends the PUT and then the signal, and waits', async () => {
    const waiting = await until(keyOf(await begin('shut_down')), 'waiting')
    expect(bigv.log()).toEqual(['GET', put({ autoreboot_on: false }), powerdown])
    expect(waiting.autoreboot).toEqual({ before: true, after: false })
    expect(waiting.steps.map(({ trace }) => trace?.status)).toEqual([200, 200])
  })

  test.each([
    ['shut_down', false],
    ['restart', true],
  ] as const)('a %s leaves the PUT out where autoreboot_on is %s already', async (action, autoreboot_on) => {
    bigv.vm.autoreboot_on = autoreboot_on
    const waiting = await until(keyOf(await begin(action)), 'waiting')
    expect(bigv.log()).toEqual(['GET', powerdown])
    expect(waiting.autoreboot).toBeNull()
  })

  test('a rescue start says what came back of it', async () => {
    Object.assign(bigv.vm, STOPPED)
    const body = { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }
    bigv.writes = [(_, response) => json(response, 200, { ...bigv.vm, autoreboot_on: true, power_on: true })]
    expect(await ended('rescue')).toMatchObject({
      outcome: 'done',
      note: expect.stringMatching(/names no appliance: it is an older one/),
      autoreboot: { before: false, after: true },
    })
    Object.assign(bigv.vm, STOPPED)
    expect((await ended('rescue')).note).toBe(
      'BigV’s answer has the appliance {"name":"rescue","permanent":false}.',
    )
    expect(bigv.log()).toEqual(['GET', put(body), 'GET', put(body)])
  })

  test('a reset is done with its answer', async () => {
    expect(await ended('reset')).toMatchObject({ outcome: 'done', note: '' })
  })

  test('keys are done with their answer, beside whatever is running, and are not in the record', async () => {
    putOperation(operation({ key: 'other' }))
    const key = keyOf(await begin('send_keys', { params: 'h-u-n-t-e-r-2' }))
    const { outcome, steps } = await until(key, 'ended')
    expect(outcome).toBe('done')
    expect(bigv.log().at(-1)).toEqual([
      'POST',
      `${PATH}/signal`,
      { signal: 'sendkey', data: 'h-u-n-t-e-r-2' },
    ])
    expect(steps[0]?.body).toEqual({ signal: 'sendkey', data: '1 press' })
    expect(findOperation('other')?.phase).toBe('waiting')
  })
})

describe('nothing is sent', () => {
  afterEach(() => {
    expect(bigv.log().filter((entry) => entry !== 'GET')).toEqual([])
    expect(operations()).toEqual([])
  })

  test.each([
    ['name', { name: 'db' }],
    ['power_on', { power_on: false }],
    ['autoreboot_on', { autoreboot_on: false }],
  ])('when %s is not what the dialog stated', async (_, decidedOn) => {
    const said = { name: 'web', power_on: true, autoreboot_on: true, ...decidedOn }
    expect(await begin('stop', { decidedOn: said })).toMatchObject({
      is: 'changed',
      machine: { vm: { name: 'web' } },
    })
  })

  test('when the machine as it now reads refuses it', async () => {
    Object.assign(bigv.vm, STOPPED)
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true }
    expect(await begin('shut_down', { decidedOn })).toEqual({ is: 'refused', reason: 'It is not running.' })
  })

  test.each([404, 403, 500])('when reading it is answered with %i', async (code) => {
    bigv.reads = [status(code)]
    expect(await begin('stop')).toMatchObject({ is: 'fetch failed', error: { trace: { status: code } } })
  })

  test('while “Look only” is on, not even a read', async () => {
    setReadOnly(true)
    expect(await begin('stop')).toEqual({
      is: 'refused',
      reason: '“Look only” is switched on: nothing is sent.',
    })
    expect(bigv.log()).toEqual([])
  })

  test('when “Look only” is switched on during the read', async () => {
    bigv.reads = [
      (_, response) => {
        setReadOnly(true)
        json(response, 200, bigv.vm)
      },
    ]
    expect(await begin('stop')).toMatchObject({ is: 'refused' })
  })
})

test('a second click while the machine is read begins nothing', async () => {
  const [first, second] = await Promise.all([begin('stop'), begin('stop')])
  expect(second).toEqual({ is: 'refused', reason: '“Force stop” is still running.' })
  await until(keyOf(first), 'ended')
  expect(bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false })])
})

describe('an operation that replaces another', () => {
  test('ends it, and says by what', async () => {
    putOperation(operation({ key: 'old', action: 'shut_down' }))
    vi.spyOn(Date, 'now').mockReturnValue(11_000)
    const begun = await begin('stop')
    vi.restoreAllMocks()
    expect(findOperation('old')).toMatchObject({
      outcome: 'no longer watching',
      note: 'Replaced by “Force stop”.',
    })
    await until(keyOf(begun), 'ended')
  })

  test('names itself as its button does', async () => {
    putOperation(operation({ key: 'old', action: 'start' })) // Overdue since 1970.
    await until(keyOf(await begin('shut_down')), 'waiting')
    expect(findOperation('old')?.note).toBe('Replaced by “Shut down”.')
  })

  test('leaves it when nothing comes of it', async () => {
    putOperation(operation({ key: 'old', action: 'start' }))
    bigv.reads = [status(503)]
    await begin('stop')
    expect(findOperation('old')?.phase).toBe('waiting')
  })
})

describe('an operation that fails', () => {
  test('is refused where BigV says no, in its words', async () => {
    bigv.writes = [(_, response) => json(response, 400, { power_on: ['is locked'] })]
    const { outcome, note, autoreboot } = await ended('stop')
    expect([outcome, note, autoreboot]).toEqual([
      'refused',
      'BigV refused (400). It said: power_on is locked.',
      null,
    ])
    expect(bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false })])
  })

  test('is refused where it was not sent, and says so once', async () => {
    bigv.writes = [(_, response) => json(response, 502, { reason: 'no such host', sent: false })]
    expect(await ended('stop')).toMatchObject({
      outcome: 'refused',
      note: 'BigV could not be reached: no such host. Nothing was sent.',
    })
    vi.stubGlobal('navigator', { onLine: false })
    expect(await ended('stop')).toMatchObject({
      outcome: 'refused',
      note: 'This browser is offline. Nothing was sent.',
    })
  })

  test.each([
    ['cut', cut, 'The connection failed before an answer came.'],
    ['answered with 500', status(500), 'BigV failed (500).'],
  ])('is unclear where the write is %s: read again, and said what that shows', async (_, answer, lead) => {
    bigv.writes = [answer]
    const { outcome, note } = await ended('stop')
    expect(outcome).toBe('unclear')
    expect(note).toMatch(
      /^.* Whether BigV did it is not known\. Read again at \d\d:\d\d:\d\d, it shows: Running, autoreboot_on yes\.$/,
    )
    expect(note.startsWith(lead)).toBe(true)
    expect(bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false }), 'GET'])
  })

  test('says so where reading it again fails too', async () => {
    bigv.writes = [
      (request, response) => {
        bigv.reads = [status(503)]
        cut(request, response)
      },
    ]
    expect((await ended('stop')).note).toBe(
      'The connection failed before an answer came. Whether BigV did it is not known. Reading it again failed too: BigV is out of service.',
    )
  })

  test('says what stays where only its second request fails', async () => {
    bigv.writes = [(_, response) => json(response, 200, { ...bigv.vm, autoreboot_on: false }), status(400)]
    const { outcome, note, steps } = await ended('shut_down')
    expect(outcome).toBe('refused')
    expect(note).toBe('BigV refused (400). autoreboot_on was changed before that, yes → no, and stays so.')
    expect(steps.map(({ trace }) => trace?.status)).toEqual([200, 400])
  })

  test('says both where the second request is cut', async () => {
    bigv.writes = [
      (_, response) => json(response, 200, Object.assign(bigv.vm, { autoreboot_on: false })),
      cut,
    ]
    const { outcome, note } = await ended('shut_down')
    expect(outcome).toBe('unclear')
    expect(note).toContain('Whether BigV did it is not known. Read again at')
    expect(note).toMatch(/autoreboot_on was changed before that, yes → no, and stays so\.$/)
  })

  test.each([status(400), status(500), cut])(
    'sends no second request after a first that failed',
    async (answer) => {
      bigv.writes = [answer]
      const { note } = await ended('shut_down')
      expect(note).not.toContain('stays so')
      expect(bigv.log().filter((entry) => entry !== 'GET')).toEqual([put({ autoreboot_on: false })])
    },
  )

  test('repeats no user:password of a URL from what BigV says of it', async () => {
    const said = {
      cdrom_url: ['https://me:s3cret@example.com/x.iso cannot be read'],
      root_password: ['is too short'],
    }
    bigv.writes = [(_, response) => json(response, 400, said)]
    const params = { attributes: { cdrom_url: 'https://me:s3cret@example.com/x.iso' } }
    const key = keyOf(await begin('change', { params }))
    const end = await operationEnd(key, new AbortController().signal)
    expect(end?.operation.note).toContain('https://••••••@example.com/x.iso cannot be read')
    expect(end?.error?.fields).toEqual({
      ...said,
      cdrom_url: ['https://••••••@example.com/x.iso cannot be read'],
    })
    expect(JSON.stringify([end, end?.error?.message])).not.toContain('s3cret')
  })

  test('sends no second request after a first that BigV answered and did not do', async () => {
    bigv.writes = [(_, response) => json(response, 200, bigv.vm)]
    const { outcome, note, autoreboot } = await ended('shut_down')
    expect(outcome).toBe('superseded')
    expect(note).toBe(
      'autoreboot_on reads yes, not the no that was written: somebody else changed it, or BigV did not take it. Nothing more was sent.',
    )
    expect(autoreboot).toBeNull()
    expect(bigv.log().filter((entry) => entry !== 'GET')).toEqual([put({ autoreboot_on: false })])
  })
})

describe('an operation that is over before all of it was sent', () => {
  test('because the user gave up: it stays so, and the rest is not sent', async () => {
    await whileSending((key) => endOperation(key, 'no longer watching', 'Enough.'))
    expect(operations()).toMatchObject([{ phase: 'ended', outcome: 'no longer watching', note: 'Enough.' }])
  })

  test('because somebody else signed in: the rest is not sent in their name', async () => {
    await whileSending(() => signIn({ ...DEMO, username: 'colleague' }, false))
    expect(operations()).toMatchObject([
      {
        outcome: 'refused',
        note: 'Somebody else has signed in, so it was dropped. autoreboot_on was changed before that, yes → no, and stays so.',
      },
    ])
  })

  test('because the user signed out', async () => {
    await whileSending(signOut)
    expect(operations()[0]?.note).toContain('You signed out, so it was dropped.')
  })

  test('because it was forgotten: it does not come back', async () => {
    await whileSending(clearOperations)
    expect(operations()).toEqual([])
  })

  afterEach(() => {
    expect(bigv.log().filter((entry) => entry !== 'GET')).toEqual([put({ autoreboot_on: false })])
  })
})

/** Has a shut down send its first request, acts before that is answered, and waits for what might still be sent. */
async function whileSending(act: (key: string) => void) {
  const begun = begin('shut_down')
  await new Promise<void>((resolve) => {
    bigv.writes = [
      (_, response) => {
        act(operations().at(-1)?.key ?? '')
        json(response, 200, { ...bigv.vm, autoreboot_on: false })
        resolve()
      },
    ]
  })
  keyOf(await begun)
  await new Promise((resolve) => setTimeout(resolve, 50))
}
