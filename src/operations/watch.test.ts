import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { MachineActionName as MachineAction } from '../actions/index.ts'
import { boundBy } from '../actions/testing/bound.ts'
import { machine, REF } from '../api/testing/machines.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { Evidence, Operation } from './operation.ts'
import { clearOperations, findOperation, operations, putOperation } from './store.ts'
import { operation } from './testing/samples.ts'
import { check, observe, type FetchedMachine } from './watch.ts'

const ANSWERED = 10_000

const PARAMS: Partial<Record<MachineAction, unknown>> = {
  start: { autoreboot_on: true },
  send_keys: 'a',
  change: {},
}

/** An operation that has sent its requests to a machine. The machine's autoreboot_on had the other value before. */
function sent(action: MachineAction, given: Partial<Operation> = {}): Operation {
  const before = machine({ autoreboot_on: action === 'shut_down' || action === 'stop' })
  const steps = boundBy(action, PARAMS[action])
    .requests(REF, before)
    .map(({ method, path, body }) => ({ method, path, body, trace: null }))
  return operation({ action, steps, ...given })
}

/** A fetched machine, some time after the answer. */
function observation(after: number, vm: Partial<VirtualMachine> | null, creating = false): FetchedMachine {
  return { at: ANSWERED + after, vm: vm === null ? null : machine(vm), creating }
}

/** Checks the observations one after the other. Returns the last result. */
function checked(first: Operation, observations: readonly FetchedMachine[]) {
  let { evidence } = first
  for (const one of observations) {
    const result = check({ ...first, evidence }, one)
    if (result.is !== 'waiting') return result
    evidence = result.evidence
  }
  return { is: 'waiting', evidence }
}

const ON = { power_on: true, autoreboot_on: true }
const OFF = { power_on: false, autoreboot_on: false }
const OFF_FOR_NOW = { power_on: false, autoreboot_on: true }
const done = (note = '') => ({ is: 'done', note })

describe('when an operation is done', () => {
  test('a start is done once the machine is on', () => {
    expect(checked(sent('start'), [observation(1, OFF_FOR_NOW)]).is).toBe('waiting')
    expect(checked(sent('start'), [observation(1, OFF_FOR_NOW), observation(2, ON)])).toEqual(done())
  })

  test.each(['stop', 'shut_down'] as const)('a %s is done only when the machine is off', (action) => {
    expect(checked(sent(action), [observation(1, { ...ON, autoreboot_on: false })]).is).toBe('waiting')
    expect(checked(sent(action), [observation(1, OFF)])).toEqual(done())
  })

  test('a restart is done only after the machine was seen off, then on', () => {
    expect(checked(sent('restart'), [observation(1, ON)]).is).toBe('waiting')
    expect(checked(sent('restart'), [observation(1, ON), observation(2, OFF_FOR_NOW)]).is).toBe('waiting')
    expect(checked(sent('restart'), [observation(1, OFF_FOR_NOW), observation(2, ON)])).toEqual(done())
  })

  test('a restart isn’t done because the machine has been on for long, or is on another head', () => {
    const long = Array.from({ length: 200 }, (_, i) => observation(i * 2_000, { ...ON, head: 'head2' }))
    expect(checked(sent('restart'), long).is).toBe('waiting')
  })

  test('a restart in a bulk run ends as unclear if it isn’t seen within three minutes', () => {
    const inBatch = sent('restart', { batch: 'b' })
    const note =
      'No restart was seen within 3 min: the guest may have ignored the power button, or restarted unseen.'
    expect(checked(inBatch, [observation(179_999, ON)]).is).toBe('waiting')
    expect(checked(inBatch, [observation(180_000, ON)])).toEqual({ is: 'unclear', note })
    expect(checked(inBatch, [observation(180_000, { ...ON, head: 'head8' })])).toEqual({
      is: 'unclear',
      note: `${note} It’s now on head8.`,
    })
    expect(checked(inBatch, [observation(180_000, OFF_FOR_NOW)]).is).toBe('waiting')
    expect(checked(inBatch, [observation(1, OFF_FOR_NOW), observation(180_000, ON)])).toEqual(done())
    expect(
      checked(sent('shut_down', { batch: 'b' }), [observation(180_000, { ...ON, autoreboot_on: false })]).is,
    ).toBe('waiting')
  })

  test('a reboot is done once the machine was seen off, then on', () => {
    expect(checked(sent('reboot'), [observation(0, OFF_FOR_NOW)]).is).toBe('waiting')
    expect(checked(sent('reboot'), [observation(0, OFF_FOR_NOW), observation(2, ON)])).toEqual(done())
  })

  test('a reboot is done once the machine runs on another head (physical host)', () => {
    expect(checked(sent('reboot'), [observation(1, { ...ON, head: 'head2' })])).toEqual(done())
    expect(checked(sent('reboot'), [observation(1, ON)]).is).toBe('waiting')
  })

  test('a reboot isn’t done if the head before or after isn’t known', () => {
    const unknown = sent('reboot', {
      evidence: { answeredAt: ANSWERED, headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 },
    })
    expect(checked(unknown, [observation(1, { ...ON, head: 'head2' })]).is).toBe('waiting')
    expect(checked(sent('reboot'), [observation(1, { ...ON, head: null })]).is).toBe('waiting')
  })

  test('a reboot is done after 20 s if at least two fetches show the machine on, and none off', () => {
    const note = 'The machine wasn’t seen off in between.'
    const reboot = sent('reboot')
    expect(checked(reboot, [observation(0, ON), observation(19_999, ON)]).is).toBe('waiting')
    expect(checked(reboot, [observation(0, ON), observation(20_000, ON)])).toEqual(done(note))
    expect(checked(reboot, [observation(3_600_000, ON)]).is).toBe('waiting')
    expect(checked(reboot, [observation(3_600_000, ON), observation(3_602_000, ON)])).toEqual(done(note))
  })

  test.each(['reset', 'send_keys'] as const)(
    'a %s is done when BigV answers, whatever a fetch shows',
    (action) => {
      expect(checked(sent(action), [observation(0, ON)])).toEqual(done())
      expect(checked(sent(action), [observation(0, OFF)])).toEqual(done())
    },
  )

  test('a change of automatic restart is done once a fetch shows the value', () => {
    expect(checked(sent('autoreboot_on'), [observation(0, ON)])).toEqual(done())
    expect(checked(sent('autoreboot_on'), [observation(0, OFF)]).is).toBe('superseded')
  })

  test('a delete is done once the machine shows as deleted, an undelete once it no longer does', () => {
    const remove = sent('delete', { expects: { deleted: true } })
    expect(checked(remove, [observation(1, {})]).is).toBe('waiting')
    expect(checked(remove, [observation(1, {}), observation(2, { deleted: true })]).is).toBe('done')
    const restore = sent('undelete', { expects: { deleted: false } })
    expect(checked(restore, [observation(1, { deleted: true })]).is).toBe('waiting')
    expect(checked(restore, [observation(1, { deleted: false })]).is).toBe('done')
  })

  test('a purge is done only once the machine is not found', () => {
    expect(checked(sent('purge'), [observation(1, { deleted: true }), observation(2, {})]).is).toBe('waiting')
    expect(checked(sent('purge'), [observation(1, null)]).is).toBe('done')
  })

  test('a re-image is done once the machine is on again', () => {
    expect(checked(sent('reimage'), [observation(1, { power_on: false })]).is).toBe('waiting')
    expect(checked(sent('reimage'), [observation(1, { power_on: true, autoreboot_on: false })])).toEqual({
      is: 'done',
      note: 'The machine no longer restarts automatically.',
    })
    expect(checked(sent('reimage'), [observation(1, { power_on: true, autoreboot_on: true })])).toEqual({
      is: 'done',
      note: '',
    })
  })

  test('a change is done once a fetch shows its values, or superseded if it shows others', () => {
    const change = sent('change', { expects: { cores: 4, cdrom_url: null } })
    expect(checked(change, [observation(1, { cores: 4 })]).is).toBe('done')
    expect(checked(change, [observation(1, { cores: 1, cdrom_url: 'http://x/y.iso' })])).toEqual({
      is: 'superseded',
      note: 'cores is 1, not 4. CD is "http://x/y.iso", not none.',
    })
    const memory = sent('change', { expects: { memory: 2048 } })
    expect(checked(memory, [observation(1, { memory: 2049 })])).toMatchObject({
      note: 'memory is 2049 MiB, not 2 GiB.',
    })
  })

  test('a change is done if a fetch shows the CD’s URL with any user and password', () => {
    const change = sent('change', { expects: { cdrom_url: 'http://••••••@x/y.iso' } })
    expect(checked(change, [observation(1, { cdrom_url: 'http://me:secret@x/y.iso' })]).is).toBe('done')
    expect(checked(change, [observation(1, { cdrom_url: 'http://me:secret@z/' })])).toEqual({
      is: 'superseded',
      note: 'CD is "http://••••••@z/", not "http://••••••@x/y.iso".',
    })
  })

  describe('the creation of a machine', () => {
    const create = operation({
      action: 'create',
      target: { ...REF, id: null, name: 'web' },
      expects: { power_on: true },
    })

    test('is done once the machine exists and is on, if it should start', () => {
      expect(checked(create, [observation(1, OFF_FOR_NOW)]).is).toBe('waiting')
      expect(checked(create, [observation(1, OFF_FOR_NOW, true), observation(2, ON, true)]).is).toBe(
        'waiting',
      )
      expect(checked(create, [observation(1, OFF_FOR_NOW, true), observation(2, ON)])).toEqual(done())
    })

    test('is done once the machine exists, if it should stay off', () => {
      const off = { ...create, expects: { power_on: false } }
      expect(checked(off, [observation(1, OFF, true)]).is).toBe('waiting')
      expect(checked(off, [observation(1, OFF)])).toEqual(done())
    })

    test('ignores autoreboot_on while the machine is being created', () => {
      const body = { virtual_machine: { autoreboot_on: true } }
      const bare = { ...create, steps: [{ method: 'POST', path: '/x', body, trace: null }] }
      expect(checked(bare, [observation(1, OFF)]).is).toBe('waiting')
      const bundle = {
        ...create,
        steps: [{ method: 'POST', path: '/x', body: { autoreboot_on: true }, trace: null }],
      }
      expect(checked(bundle, [observation(1, { ...ON, autoreboot_on: false })])).toEqual(done())
    })

    test('is watched even if BigV doesn’t find the machine in the first minute', () => {
      expect(checked(create, [observation(0, null), observation(59_999, null)]).is).toBe('waiting')
      expect(checked(create, [observation(60_000, null)]).is).toBe('superseded')
    })

    test('ends as superseded if the machine existed and is gone', () => {
      const known = { ...create, target: { ...create.target, id: 7 } }
      expect(checked(known, [observation(1, null)]).is).toBe('superseded')
    })
  })
})

const WATCHED = ['start', 'stop', 'reboot', 'shut_down', 'restart', 'autoreboot_on'] as const

describe('when an operation ends as superseded', () => {
  test.each(WATCHED)('a %s ends as superseded if the machine was deleted', (action) => {
    expect(checked(sent(action), [observation(1, { ...ON, deleted: true })])).toEqual({
      is: 'superseded',
      note: 'The machine was deleted in the meantime.',
    })
  })

  test.each(WATCHED)('a %s ends as superseded if the machine is gone', (action) => {
    expect(checked(sent(action), [observation(1, null)])).toEqual({
      is: 'superseded',
      note: 'The machine was not found, or you don’t have access.',
    })
  })

  test('a move to another group ends as superseded if the machine isn’t in its old one', () => {
    expect(checked(sent('change', { expects: { group_id: 2 } }), [observation(1, null)])).toEqual({
      is: 'superseded',
      note: 'The machine has left this group, but hasn’t appeared in the other.',
    })
  })

  test.each([
    ['start', { power_on: true, autoreboot_on: false }, 'off', 'on'],
    ['reboot', { power_on: false, autoreboot_on: false }, 'off', 'on'],
    ['restart', { power_on: true, autoreboot_on: false }, 'off', 'on'],
    ['stop', { power_on: false, autoreboot_on: true }, 'on', 'off'],
    ['shut_down', { power_on: true, autoreboot_on: true }, 'on', 'off'],
  ] as const)(
    'a %s ends as superseded if autoreboot_on isn’t the value written',
    (action, vm, reads, written) => {
      expect(checked(sent(action), [observation(1, vm)])).toEqual({
        is: 'superseded',
        note: `Automatic restart is ${reads}, not ${written}: someone else changed it, or BigV ignored the request.`,
      })
    },
  )

  test('an operation doesn’t end as superseded because of a value that it didn’t write', () => {
    const steps = boundBy('shut_down')
      .requests(REF, machine({ autoreboot_on: false }))
      .map(({ method, path, body }) => ({ method, path, body, trace: null }))
    expect(checked(operation({ action: 'shut_down', steps }), [observation(1, ON)]).is).toBe('waiting')
  })
})

describe('the check of what fetches have shown', () => {
  const vm = fc.record({
    power_on: fc.boolean(),
    autoreboot_on: fc.boolean(),
    deleted: fc.boolean(),
    head: fc.constantFrom('head1', 'head2', null),
  })
  const anyObservation = fc
    .record({ after: fc.integer({ min: 0, max: 10_000_000 }), vm: fc.option(vm), creating: fc.boolean() })
    .map(({ after, vm, creating }) => observation(after, vm, creating))
  const observations = fc.array(anyObservation, { maxLength: 8 })
  const action = fc.constantFrom(...WATCHED)
  const evidence: fc.Arbitrary<Evidence> = fc.record({
    answeredAt: fc.constant(ANSWERED),
    headBefore: fc.constantFrom('head1', null),
    offSeen: fc.boolean(),
    headMoved: fc.boolean(),
    timesSeenOn: fc.nat(5),
  })

  test('never takes a start, reboot or restart for done if the machine is shown off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('start', 'reboot', 'restart'),
        evidence,
        anyObservation,
        (action, evidence, one) => {
          const result = check(sent(action, { evidence }), one)
          if (result.is === 'done') expect(one.vm).toMatchObject({ power_on: true, deleted: false })
        },
      ),
    )
  })

  test('never takes a stop or shutdown for done if the machine is shown on', () => {
    fc.assert(
      fc.property(fc.constantFrom('stop', 'shut_down'), evidence, anyObservation, (action, evidence, one) => {
        const result = check(sent(action, { evidence }), one)
        if (result.is === 'done') expect(one.vm).toMatchObject({ power_on: false, deleted: false })
      }),
    )
  })

  test('depends on the time of a fetch only for a reboot or a create', () => {
    const timeless = fc.constantFrom(...WATCHED.filter((one) => one !== 'reboot'))
    fc.assert(
      fc.property(timeless, observations, fc.integer({ min: 0, max: 1e10 }), (action, list, shift) => {
        const later = list.map((one) => ({ ...one, at: one.at + shift }))
        expect(checked(sent(action), later)).toEqual(checked(sent(action), list))
      }),
    )
  })

  test('needs more than one fetch for a reboot or restart if the machine wasn’t seen off', () => {
    const on = fc.integer({ min: 0, max: 1e10 }).map((after) => observation(after, ON))
    fc.assert(
      fc.property(fc.constantFrom('reboot', 'restart'), on, (action, one) => {
        expect(checked(sent(action), [one]).is).toBe('waiting')
      }),
    )
  })

  test('remembers what earlier fetches have shown while an operation waits', () => {
    fc.assert(
      fc.property(action, evidence, anyObservation, (action, evidence, one) => {
        const result = check(sent(action, { evidence }), one)
        if (result.is !== 'waiting') return
        expect(result.evidence.offSeen || !evidence.offSeen).toBe(true)
        expect(result.evidence.timesSeenOn).toBeGreaterThanOrEqual(evidence.timesSeenOn)
        expect(result.evidence.answeredAt).toBe(evidence.answeredAt)
      }),
    )
  })
})

test('an operation without answers can’t be checked', () => {
  expect(() => check(operation({ evidence: null }), observation(0, ON))).toThrow()
})

const NEW = operation({ action: 'create', target: { ...REF, id: null, name: 'web' } })

describe('a fetch of the machine', () => {
  afterEach(clearOperations)

  test('counts only if it began after BigV’s answer', () => {
    putOperation(operation())
    observe('k', { at: 9_999, vm: machine(), creating: false })
    expect(findOperation('k')).toEqual(operation())
    observe('k', { at: 10_000, vm: machine(), creating: false })
    expect(findOperation('k')?.outcome).toBe('done')
  })

  test('is ignored if the operation has ended, is being sent, or no longer exists', () => {
    const gone = { at: 11_000, vm: null, creating: false }
    putOperation(operation({ key: 'sending', phase: 'sending' }))
    putOperation(operation({ key: 'ended', phase: 'ended', outcome: 'done' }))
    const before = operations()
    for (const key of ['sending', 'ended', 'nobody']) observe(key, gone)
    expect(operations()).toBe(before)
  })

  test('gives a new machine’s operation the machine’s id, even if that ends the operation', () => {
    putOperation(NEW)
    observe('k', { at: 11_000, vm: machine(OFF_FOR_NOW), creating: true })
    expect(findOperation('k')?.target.id).toBe(7)
    putOperation({ ...NEW, key: 'at once' })
    observe('at once', { at: 11_000, vm: machine(), creating: false })
    expect(findOperation('at once')).toMatchObject({ outcome: 'done', target: { id: 7 } })
  })
})
