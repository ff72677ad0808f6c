import { afterEach, describe, expect, test } from 'vitest'
import { cut, fine, status } from '../api/testing/simulated-bigv.ts'
import { signIn, signOut } from '../session/session.ts'
import { placeFor } from './place.ts'
import { send } from './send.ts'
import {
  clearOperations,
  endOperation,
  findOperation,
  operationEnd,
  operations,
  putOperation,
} from './store.ts'
import { DEMO, keyOf, useMachineAtBigv } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'

const faulty = {
  requests() {
    throw new Error('a fault')
  },
}

const bigv = useMachineAtBigv()
const put = (body: object) => ['PUT', bigv.path, body]

describe('an operation that fails', () => {
  test('is refused if BigV says no, and gives BigV’s reason', async () => {
    await bigv.answer('PUT', status(400, { power_on: ['is locked'] }))
    const { outcome, note, autoreboot } = await bigv.end('stop')
    expect([outcome, note, autoreboot]).toEqual([
      'refused',
      'BigV refused this (400): power_on is locked.',
      null,
    ])
    expect(await bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false })])
  })

  test('is refused if it couldn’t be sent, and says once only that nothing was sent', async () => {
    await bigv.answer('PUT', status(502, { reason: 'no such host', sent: false }))
    expect(await bigv.end('stop')).toMatchObject({
      outcome: 'refused',
      note: 'Couldn’t reach BigV: no such host. Nothing was sent.',
    })
  })

  test.each([
    ['cut', cut, 'The connection failed before BigV answered.'],
    ['answered with 500', status(500), 'BigV failed (500).'],
  ])(
    'ends as unclear if the write is %s, and the note says what state the machine is in',
    async (_, answer, lead) => {
      await bigv.answer('PUT', answer)
      const { outcome, note } = await bigv.end('stop')
      expect(outcome).toBe('unclear')
      expect(note).toMatch(
        /^.* BigV may or may not have carried out the request\. Checked at \d\d:\d\d:\d\d: Running, automatic restart on\.$/,
      )
      expect(note.startsWith(lead)).toBe(true)
      expect(await bigv.log()).toEqual(['GET', put({ autoreboot_on: false, power_on: false }), 'GET'])
    },
  )

  test('ends as unclear if the dashboard itself fails, and then no longer blocks the machine', async () => {
    putOperation(operation({ key: 'k', phase: 'checking' }))
    const place = placeFor('k', false, () => {})
    const sending = send('k', { ...faulty, refresh: () => {} } as never, null, place)
    await expect(sending).rejects.toThrow('a fault')
    expect(findOperation('k')).toMatchObject({ phase: 'ended', outcome: 'unclear' })
  })

  test('no longer blocks the machine if the dashboard itself fails after BigV’s answer', async () => {
    putOperation(operation({ key: 'k', phase: 'sending' }))
    const job = { requests: () => [], finish: () => faulty.requests(), refresh: () => {} }
    const sending = send(
      'k',
      job as never,
      null,
      placeFor('k', false, () => {}),
    )
    await expect(sending).rejects.toThrow('a fault')
    expect(findOperation('k')).toMatchObject({ phase: 'ended', outcome: 'unclear' })
  })

  test('says that the fetch after an unclear write failed, too', async () => {
    await bigv.answer('GET', fine, status(503))
    await bigv.answer('PUT', cut)
    expect((await bigv.end('stop')).note).toBe(
      'The connection failed before BigV answered. BigV may or may not have carried out the request. Checking the machine failed, too: BigV is unavailable (503).',
    )
  })

  test('says what the first request changed if only the second one fails', async () => {
    await bigv.answer('POST', status(400))
    const { outcome, note, steps } = await bigv.end('shut_down')
    expect(outcome).toBe('refused')
    expect(note).toBe('BigV refused this (400). Before that, automatic restart was turned off.')
    expect(steps.map(({ trace }) => trace?.status)).toEqual([200, 400])
  })

  test('doesn’t claim that nothing was sent if only the second request couldn’t be sent', async () => {
    await bigv.answer('POST', status(502, { reason: 'no such host', sent: false }))
    expect(await bigv.end('shut_down')).toMatchObject({
      outcome: 'refused',
      note: 'Couldn’t reach BigV: no such host. Before that, automatic restart was turned off.',
    })
  })

  test('says what was changed and what is unclear if the second request is cut off', async () => {
    await bigv.answer('POST', cut)
    const { outcome, note } = await bigv.end('shut_down')
    expect(outcome).toBe('unclear')
    expect(note).toContain('BigV may or may not have carried out the request. Checked at')
    expect(note).toMatch(/Before that, automatic restart was turned off\.$/)
  })

  test.each([
    ['is refused', status(400)],
    ['gets a 500', status(500)],
    ['is cut off', cut],
  ])('sends no second request if the first %s', async (_, answer) => {
    await bigv.answer('PUT', answer)
    const { note } = await bigv.end('shut_down')
    expect(note).not.toContain('stays so')
    expect(await bigv.writes()).toEqual([put({ autoreboot_on: false })])
  })

  test('hides the user:password of a URL in BigV’s answer', async () => {
    const said = {
      cdrom_url: ['https://me:s3cret@example.com/x.iso cannot be read'],
      root_password: ['is too short'],
    }
    await bigv.answer('PUT', status(400, said))
    const params = { attributes: { cdrom_url: 'https://me:s3cret@example.com/x.iso' } }
    const key = keyOf(await bigv.begin('change', { params }))
    const end = await operationEnd(key, new AbortController().signal)
    expect(end?.operation.note).toContain('https://••••••@example.com/x.iso cannot be read')
    expect(end?.error?.fields).toEqual({
      ...said,
      cdrom_url: ['https://••••••@example.com/x.iso cannot be read'],
    })
    expect(JSON.stringify([end, end?.error?.message])).not.toContain('s3cret')
  })

  test('stores how long BigV asks to wait before the next request', async () => {
    await bigv.answer('PUT', { ...status(429), headers: { 'Retry-After': '7' } })
    const key = keyOf(await bigv.begin('stop'))
    expect((await operationEnd(key, new AbortController().signal))?.error?.retryAfter).toBe(7_000)
  })

  test('sends no second request if BigV accepted the first one but ignored it', async () => {
    await bigv.answer('PUT', status(200, await bigv.vm()))
    const { outcome, note, autoreboot } = await bigv.end('shut_down')
    expect(outcome).toBe('superseded')
    expect(note).toBe(
      'Automatic restart is on, not off: someone else changed it, or BigV ignored the request. Nothing more was sent.',
    )
    expect(autoreboot).toBeNull()
    expect(await bigv.writes()).toEqual([put({ autoreboot_on: false })])
  })
})

describe('an operation that ends before all its requests were sent', () => {
  test('because the user stopped watching keeps its outcome, and sends no more', async () => {
    await whileSending((key) => endOperation(key, 'no longer watching', 'Enough.'))
    expect(operations()).toMatchObject([{ phase: 'ended', outcome: 'no longer watching', note: 'Enough.' }])
  })

  test('because another user signed in sends no more in the first user’s name', async () => {
    await whileSending(() => signIn({ ...DEMO, username: 'colleague' }, false))
    expect(operations()).toMatchObject([
      {
        outcome: 'refused',
        note: 'Another user signed in, so the request was cancelled. Before that, automatic restart was turned off.',
      },
    ])
  })

  test('because the user signed out says that it was cancelled', async () => {
    await whileSending(signOut)
    expect(operations()[0]?.note).toContain('You signed out, so the request was cancelled.')
  })

  test('because all operations were dropped doesn’t come back', async () => {
    await whileSending(clearOperations)
    expect(operations()).toEqual([])
  })

  afterEach(async () => {
    expect(await bigv.writes()).toEqual([put({ autoreboot_on: false })])
  })
})

/** Sends the first request of a shutdown, calls `act` before BigV answers, and waits long enough for any further request to be sent. */
async function whileSending(act: (key: string) => void) {
  const begun = bigv.begin('shut_down')
  await new Promise<void>((resolve) => {
    bigv.onAnswer = ({ method }) => {
      if (method !== 'PUT') return
      act(operations().at(-1)?.key ?? '')
      resolve()
    }
  })
  keyOf(await begun)
  await new Promise((resolve) => setTimeout(resolve, 50))
}
