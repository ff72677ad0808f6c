import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { json } from '../api/testing/fake-bigv.ts'
import { PATH } from '../api/testing/machines.ts'
import { signIn, signOut } from '../session/session.ts'
import { send } from './send.ts'
import {
  clearOperations,
  endOperation,
  findOperation,
  operationEnd,
  operations,
  putOperation,
} from './store.ts'
import {
  begin,
  cut,
  DEMO,
  ended,
  keyOf,
  machineAtBigv,
  status,
  type MachineAtBigv,
} from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'

const faulty = {
  requests() {
    throw new Error('a fault')
  },
}
const put = (body: object) => ['PUT', PATH, body]

let bigv: MachineAtBigv

beforeEach(async () => {
  bigv = await machineAtBigv()
})
afterEach(async () => {
  await bigv.close()
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

  test('is unclear, and blocks nothing, where the dashboard itself fails', async () => {
    putOperation(operation({ key: 'k', phase: 'checking' }))
    await expect(send('k', { ...faulty, refresh: () => {} } as never, null)).rejects.toThrow('a fault')
    expect(findOperation('k')).toMatchObject({ phase: 'ended', outcome: 'unclear' })
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

  test('keeps for how long BigV asks to wait', async () => {
    bigv.writes = [(_, response) => response.writeHead(429, { 'Retry-After': '7' }).end()]
    const key = keyOf(await begin('stop'))
    expect((await operationEnd(key, new AbortController().signal))?.error?.retryAfter).toBe(7_000)
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
