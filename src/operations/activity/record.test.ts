import { expect, test } from 'vitest'
import { PATH } from '../../api/testing/machines.ts'
import type { PlanStep } from '../plan.ts'
import { operation, plan } from '../testing/samples.ts'
import { activityText, recordOf, recordText } from './record.ts'

const trace = { method: 'PUT', path: PATH, status: 200, startedAt: 9_500, duration: 250 }

test('a record has the action, its times and the answers', () => {
  const ended = operation({
    phase: 'ended',
    outcome: 'done',
    endedAt: 12_000,
    steps: [{ method: 'PUT', path: PATH, body: { power_on: true }, trace }],
  })
  expect(recordOf(ended)).toEqual({
    action: 'start',
    target: { account: 'acme', group: 'default', id: 7, name: 'web' },
    username: 'demo',
    begun: '1970-01-01T00:00:09.000Z',
    ended: '1970-01-01T00:00:12.000Z',
    phase: 'ended',
    outcome: 'done',
    plan: null,
    note: '',
    autoreboot_on: null,
    requests: [
      {
        method: 'PUT',
        path: PATH,
        times: 1,
        body: { power_on: true },
        status: 200,
        sent: '1970-01-01T00:00:09.500Z',
        duration_ms: 250,
      },
    ],
  })
  expect(JSON.parse(activityText([ended, ended], [], []))).toEqual({
    operations: [recordOf(ended), recordOf(ended)],
    plans: [],
    seen: [],
  })
  expect(JSON.parse(recordText(ended))).toEqual(recordOf(ended))
})

test('a plan’s record has its steps, and the records of its operations refer to it', () => {
  const [first, ...rest] = plan().steps as [PlanStep, PlanStep, PlanStep]
  const steps = [{ ...first, done: true }, ...rest]
  const attributes = { cores: 2, cdrom_url: 'http://user:hunter2@example.com/' }
  const kept = { attributes, before: { cores: 1 }, movesTo: null }
  const halted = plan({ steps, kept, phase: 'halted', endedAt: 12_000, note: 'BigV said no.' })
  const text = activityText([operation({ plan: 'p' })], [], [halted])
  expect(text).not.toContain('hunter')
  expect(JSON.parse(text)).toMatchObject({
    operations: [{ plan: 'p' }],
    plans: [
      {
        plan: 'p',
        title: 'Shut down, change, start',
        target: { name: 'web' },
        ended: '1970-01-01T00:00:12.000Z',
        phase: 'halted',
        note: 'BigV said no.',
        steps: [
          { step: 'Shut down', done: true },
          { step: 'Change cores 1 → 2, CD none → http://••••••@example.com/', done: false },
          { step: 'Start, with automatic restart on as before', done: false },
        ],
      },
    ],
  })
})

test('a record leaves out unknown fields, and any secrets', () => {
  const text = recordText(
    operation({
      note: ': http://user:hunter2@example.com/ is not to be reached.',
      expects: { cdrom_url: 'hunter3' },
      steps: [
        { method: 'POST', path: PATH, body: { root_password: 'hunter4', password: 'hunter5' }, trace: null },
      ],
    }),
  )
  expect(text).not.toContain('hunter')
})
