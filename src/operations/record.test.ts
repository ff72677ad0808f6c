import { expect, test } from 'vitest'
import { activityText, recordOf, recordText } from './record.ts'
import { operation, PATH } from './testing/samples.ts'

const trace = { method: 'PUT', path: PATH, status: 200, startedAt: 9_500, duration: 250 }

test('a record says what, when and what came back', () => {
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
  expect(JSON.parse(activityText([ended, ended], []))).toEqual({
    operations: [recordOf(ended), recordOf(ended)],
    seen: [],
  })
  expect(JSON.parse(recordText(ended))).toEqual(recordOf(ended))
})

test('secrets stay out even where they had got in, and so does what a record does not name', () => {
  const text = recordText(
    operation({
      note: 'It said: http://user:hunter2@example.com/ is not to be reached.',
      expects: { cdrom_url: 'hunter3' },
      steps: [
        { method: 'POST', path: PATH, body: { root_password: 'hunter4', password: 'hunter5' }, trace: null },
      ],
    }),
  )
  expect(text).not.toContain('hunter')
})
