import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bind } from '../../actions/action.ts'
import { change } from '../../actions/hardware.ts'
import { json } from '../../api/testing/fake-bigv.ts'
import { PATH } from '../../api/testing/machines.ts'
import { cancelSignInAgain, signIn, signOut } from '../../session/session.ts'
import { clearPlans, findPlan, plans } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { setReadOnly } from '../read-only.ts'
import { findOperation, operations } from '../store.ts'
import { cut, DEMO, machineAtBigv, status, until, type MachineAtBigv } from '../testing/machine-at-bigv.ts'
import { stopWatching } from '../watch.ts'
import { stopPlan } from './control.ts'
import {
  before,
  begunPlan,
  KINDS,
  rolesOf,
  untilPlan,
  type Kind,
  type Role,
  type Written,
} from './testing/plan-at-bigv.ts'
import {
  ended,
  expectSentOnce,
  expectTruth,
  FAILING,
  failOnce,
  goesOn,
  settled,
  writesOf,
} from './testing/plan-truth.ts'
import { whatIsLeft } from './what-is-left.ts'

// What may pass is tried again at once.
const { pauses } = vi.hoisted(() => ({ pauses: [] as number[] }))
vi.mock('./pause.ts', () => ({
  AGAIN_MS: 2_000,
  pause(ms: number) {
    pauses.push(ms)
    return new Promise((resolve) => setTimeout(resolve, 1))
  },
}))

let bigv: MachineAtBigv

beforeEach(async () => {
  bigv = await machineAtBigv()
  pauses.length = 0
  bigv.obeys = true
})
afterEach(async () => {
  setReadOnly(false)
  clearPlans()
  await bigv.close()
})

const writes = () => writesOf(bigv)
const put = (body: object) => ['PUT', PATH, body]
const keepOff = put({ autoreboot_on: false })
const powerdown = ['POST', `${PATH}/signal`, { signal: 'powerdown' }]
const WRITTEN: Record<Kind, unknown[]> = {
  change: [put({ cores: 2, memory: 512 }), put({ autoreboot_on: true, power_on: true })],
  reimage: [['POST', `${PATH}/reimage`, { distribution: 'wheezy', root_password: 's3cret' }]],
  rescue: [put({ appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true })],
}

describe('a plan that goes well', () => {
  test.each(KINDS)('%s: every step is ticked as it is seen', async (kind) => {
    const plan = await untilPlan(await begunPlan(kind), 'done')
    expect(plan.steps.map(({ done }) => done)).toEqual(rolesOf(kind).map(() => true))
    expect(writes()).toEqual([keepOff, powerdown, ...WRITTEN[kind]])
    expectTruth(bigv, plan)
    expect(operations().map(({ plan }) => plan)).toEqual(rolesOf(kind).map(() => plan.key))
  })

  test('a machine that was to stay off is started so that it does', async () => {
    bigv.vm.autoreboot_on = false
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: false, decidedOn: [1, 1024] }
    const plan = await untilPlan(await begunPlan('change', { decidedOn }), 'done')
    expect(writes()).toEqual([
      powerdown,
      put({ cores: 2, memory: 512 }),
      put({ autoreboot_on: false, power_on: true }),
    ])
    expect(bigv.vm).toMatchObject({ power_on: true, autoreboot_on: false })
    expect(plan.note).toBe('')
  })

  test('a move: the last step is sent to the new group', async () => {
    const moved = PATH.replace('default', 'web')
    const key = await begunPlan('change', {
      bound: bind(change, { attributes: { group_id: 9, name: 'db' }, movesTo: 'web' }),
    })
    const { target } = await untilPlan(key, 'done')
    expect(target).toMatchObject({ group: 'web', name: 'db' })
    expect(writes().at(-1)).toEqual(['PUT', moved, { autoreboot_on: true, power_on: true }])
  })
})

describe('where a write fails, the plan halts, says what is true, and can be resumed', () => {
  describe.each(FAILING)('%s, at %s', (kind, role) => {
    test.each(kind === 'change' ? [400, 403, 404, 409, 413, 422, 429] : [422])(
      'refused with %i',
      async (code) => {
        const plan = await failed(kind, role, status(code))
        expect(plan.note).toMatch(new RegExp(`: refused\\. .* (PUT|POST) ${PATH}\\S* → ${code} after \\d`))
        expectTruth(bigv, plan)
        expectSentOnce(bigv)
        await goesOn(bigv, plan, kind)
      },
    )

    test.each(kind === 'change' ? [500, 503] : [500])('answered with %i, and not done', async (code) => {
      const plan = await failed(kind, role, status(code))
      expect(plan.note).toContain('not known')
      expectTruth(bigv, plan)
      expectSentOnce(bigv)
      await goesOn(bigv, plan, kind)
    })

    test('cut before it was done', async () => {
      const plan = await failed(kind, role, cut)
      expect(plan.note).toMatch(
        /The connection failed before an answer came\. Whether BigV did it is not known/,
      )
      expectTruth(bigv, plan)
      expectSentOnce(bigv)
      await goesOn(bigv, plan, kind)
    })

    test('answered with a web page', async () => {
      const plan = await failed(kind, role, (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
      )
      expect(plan.note).toContain('not known')
      expectTruth(bigv, plan)
      expectSentOnce(bigv)
      await goesOn(bigv, plan, kind)
    })

    test('done, and then cut: ticked if the machine shows it', async () => {
      const plan = await failed(kind, role, (request, response) => {
        bigv.apply(request)
        response.destroy()
      })
      const seen = kind === 'change' && role !== 'keep off'
      expect(plan.phase).toBe(seen ? 'done' : 'halted')
      expectTruth(bigv, plan)
      expectSentOnce(bigv)
    })

    test('not reached at all', async () => {
      const plan = await failed(kind, role, (_, response) =>
        json(response, 502, { reason: 'no such host', sent: false }),
      )
      expect(plan.note).toContain('Nothing was sent.')
      expectTruth(bigv, plan)
      await goesOn(bigv, plan, kind)
    })

    test('401, and signed in again: goes on by itself', async () => {
      failOnce(bigv, role, status(401))
      const key = await begunPlan(kind)
      await signingIn()
      signIn({ ...DEMO, password: 'newer' }, false)
      expectTruth(bigv, await untilPlan(key, 'done'))
    })

    test('401, and signing in is cancelled', async () => {
      failOnce(bigv, role, status(401))
      const key = await begunPlan(kind)
      await signingIn()
      cancelSignInAgain()
      const plan = await untilPlan(key, 'halted')
      expect(plan.note).toContain('It was not sent again.')
      expectTruth(bigv, plan)
      signIn({ ...DEMO, password: 'newer' }, false)
      await goesOn(bigv, plan, kind)
    })
  })
})

/** Each step of a change, and of the others what differs: the action itself. */
const STEPS: readonly (readonly [Kind, Role])[] = [
  ...rolesOf('change').map((role) => ['change', role] as const),
  ['reimage', 'action'],
  ['rescue', 'action'],
]

describe('what somebody else does before a step', () => {
  describe.each(STEPS)('%s, before %s', (kind, role) => {
    test('deletes it', async () => {
      const plan = await meanwhile(kind, role, () =>
        Object.assign(bigv.vm, { deleted: true, power_on: false, autoreboot_on: false }),
      )
      expect(plan.note).toBe('It was deleted meanwhile.')
      expectTruth(bigv, plan)
    })

    test('purges it', async () => {
      const plan = await meanwhile(kind, role, () => {
        bigv.intercept = () => status(404)
      })
      expect(plan.note).toMatch(/^The machine has to be read first, and that failed: /)
      expect(whatIsLeft(plan, undefined, operations())[0]).toBe(
        'The machine cannot be read: whether it is on is not known.',
      )
    })

    test('turns it on', async () => {
      const plan = await meanwhile(kind, role, () => Object.assign(bigv.vm, { power_on: true }))
      if (role !== 'action') expect(plan.phase).toBe('done')
      else {
        expect(plan.note).toMatch(/^It is not off any more: it reads Running/)
        expectTruth(bigv, plan)
        expect(writes()).toEqual([keepOff, powerdown])
        await goesOn(bigv, plan, kind)
      }
    })

    test('has it restart automatically', async () => {
      const plan = await meanwhile(kind, role, () =>
        Object.assign(bigv.vm, { power_on: false, autoreboot_on: true }),
      )
      if (role === 'start') expect(plan.phase).toBe('done')
      else {
        expect(plan.note).toMatch(
          /BigV is turning it on again\.|^It is not off any more: it reads Restarting/,
        )
        expectTruth(bigv, plan)
      }
    })

    test('turns it off', async () => {
      const plan = await meanwhile(kind, role, () =>
        Object.assign(bigv.vm, { power_on: false, autoreboot_on: false }),
      )
      expect(plan.phase).toBe('done')
      expectTruth(bigv, plan)
    })
  })

  // Whatever the plan is for, the same code fetches the machine, waits for the user and halts.
  describe.each(rolesOf('change'))('change, before %s', (role) => {
    const kind = 'change'

    test.each([503, 403])('fetching fails with %i, and goes on failing', async (code) => {
      const plan = await meanwhile(kind, role, () => {
        bigv.intercept = ({ method }) => (method === 'GET' ? status(code) : undefined)
      })
      expect(plan.note).toMatch(/^The machine has to be read first, and that failed: /)
      expectTruth(bigv, plan)
      bigv.intercept = () => undefined
      await goesOn(bigv, plan, kind)
    })

    test('fetching fails for a moment', async () => {
      const plan = await meanwhile(kind, role, () => {
        bigv.reads = [status(503), cut, status(502)]
      })
      expect(plan.phase).toBe('done')
      expect(pauses).toEqual([2_000, 4_000, 8_000])
      expectSentOnce(bigv)
    })

    test('BigV asks to wait before it is fetched again', async () => {
      const plan = await meanwhile(kind, role, () => {
        bigv.reads = [(_, response) => response.writeHead(503, { 'retry-after': '7' }).end()]
      })
      expect(plan.phase).toBe('done')
      expect(pauses).toEqual([7_000])
      expectSentOnce(bigv)
    })

    test('the credentials expire, and the user signs in again', async () => {
      const key = await begunWith(kind, role, () => {
        bigv.reads = [status(401)]
      })
      await untilPlan(key, ({ note }) => note === 'Waits until you have signed in again.')
      signIn({ ...DEMO, password: 'newer' }, false)
      expect((await untilPlan(key, ended)).phase).toBe('done')
      expectSentOnce(bigv)
    })

    test('the credentials expire, and the user signs in again after more than a minute', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
      const key = await begunWith(kind, role, () => {
        bigv.reads = [status(401)]
      })
      await untilPlan(key, ({ note }) => note === 'Waits until you have signed in again.')
      vi.setSystemTime(1_060_001)
      signIn({ ...DEMO, password: 'newer' }, false)
      const plan = await untilPlan(key, ended)
      vi.useRealTimers()
      expect(plan.note).toMatch(/^More than a minute has passed/)
      expectTruth(bigv, plan)
      await goesOn(bigv, plan, kind)
    })

    test('the user does not sign in again', async () => {
      const key = await begunWith(kind, role, () => {
        bigv.reads = [status(401)]
      })
      await untilPlan(key, ({ note }) => note === 'Waits until you have signed in again.')
      cancelSignInAgain()
      const plan = await untilPlan(key, ended)
      expect(plan.note).toBe('You have not signed in again. Nothing more was sent.')
      expectTruth(bigv, plan)
    })

    test('the user stops it', async () => {
      const key = await begunWith(kind, role, () => stopPlan(plans()[0]?.key ?? ''))
      const plan = await untilPlan(key, ended)
      expect(plan).toMatchObject({ phase: 'halted', stopped: true, note: 'You have stopped it.' })
      const sent = writes().length
      expectTruth(bigv, plan)
      await settled()
      expect(writes()).toHaveLength(sent)
      await goesOn(bigv, plan, kind)
      expectSentOnce(bigv)
    })

    test('read-only mode is switched on', async () => {
      const plan = await meanwhile(kind, role, () => setReadOnly(true))
      expect(plan.note).toContain('“Look only” is switched on')
      expectTruth(bigv, plan)
      setReadOnly(false)
      await goesOn(bigv, plan, kind)
      expectSentOnce(bigv)
    })
  })

  test('changes the same attribute to another value: that is not overwritten', async () => {
    const plan = await meanwhile('change', 'action', () => Object.assign(bigv.vm, { cores: 4 }))
    expect(plan.note).toBe(
      'Somebody else has changed it: cores reads 4, not 1. Nothing was sent to change it.',
    )
    expectTruth(bigv, plan)
    expect(writes()).toEqual([keepOff, powerdown])
  })

  test('makes the same change: it is not made again', async () => {
    const plan = await meanwhile('change', 'action', () => Object.assign(bigv.vm, { cores: 2, memory: 512 }))
    expect(plan.steps[1]).toMatchObject({ done: true, note: 'It has these values.' })
    expect(writes()).toEqual([keepOff, powerdown, put({ autoreboot_on: true, power_on: true })])
  })
})

describe('what happens while the guest shuts down', () => {
  beforeEach(() => {
    bigv.obeys = false
  })

  test.each(KINDS)(
    '%s: stopped by the user, the shutdown is watched on and nothing more is sent',
    async (kind) => {
      const key = await waiting(kind)
      const operation = stepOf(findPlan(key) as Plan)?.operation ?? ''
      stopPlan(key)
      const plan = await untilPlan(key, 'halted')
      expectTruth(bigv, plan)
      expect(findOperation(operation)?.phase).toBe('waiting')
      bigv.vm.power_on = false
      expectTruth(bigv, plan)
      await goesOn(bigv, plan, kind)
      expectSentOnce(bigv)
    },
  )

  test.each(KINDS)('%s: no longer watching', async (kind) => {
    const key = await waiting(kind)
    stopWatching(stepOf(findPlan(key) as Plan)?.operation ?? '')
    const plan = await untilPlan(key, 'halted')
    expect(plan.note).toBe('Shut down: no longer watching. You stopped watching. BigV may still do it.')
    expectTruth(bigv, plan)
  })

  test.each(KINDS)('%s: signing out drops it, and nothing more is sent', async (kind) => {
    await waiting(kind)
    signOut()
    clearPlans()
    bigv.vm.power_on = false
    await settled()
    expect(plans()).toEqual([])
    expect(writes()).toEqual([keepOff, powerdown])
  })
})

async function failed(kind: Kind, role: Written, answer: ReturnType<typeof status>) {
  failOnce(bigv, role, answer)
  return untilPlan(await begunPlan(kind), ended)
}

/** Begins a plan and has something happen before a step, when it is next and nothing was begun for it. */
async function begunWith(kind: Kind, role: Role, act: () => void): Promise<string> {
  before(role, act)
  return begunPlan(kind)
}

const meanwhile = async (kind: Kind, role: Role, act: () => void) =>
  untilPlan(await begunWith(kind, role, act), ended)

/** Begins a plan whose guest takes its time. */
async function waiting(kind: Kind): Promise<string> {
  const key = await begunPlan(kind)
  const plan = await untilPlan(key, (each) => (stepOf(each)?.operation ?? null) !== null)
  await until(stepOf(plan)?.operation ?? '', 'waiting')
  return key
}

async function signingIn(): Promise<void> {
  await vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'), { timeout: 10_000 })
}
