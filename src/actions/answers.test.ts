import { describe, expect, test } from 'vitest'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { machineActions } from './index.ts'

const answerSays = (
  name: 'request_ips' | 'set_rdns' | 'reset' | 'rescue',
  { request, data, vm }: ReturnType<typeof sent>,
) => machineActions[name].checkAnswer?.({ request, data, vm }) ?? done('')
const applianceSays = (vm: object | undefined) =>
  answerSays('rescue', { ...sent({}, vm), vm: vm as VirtualMachine | undefined }).note

const sent = (body: unknown, data: unknown) => ({
  request: { method: 'PUT', path: '/x', body } as const,
  data,
  vm: undefined as VirtualMachine | undefined,
})
const done = (note: string) => ({ is: 'done', note })

describe('the note about BigV’s answer', () => {
  test.each([
    ['lists them', { addresses: 2, ips: ['192.0.2.5', '192.0.2.6'] }, 'New: 192.0.2.5, 192.0.2.6.'],
    ['lists none', { addresses: 2, ips: [] }, 'BigV didn’t assign any.'],
    ['has no list', { addresses: 2 }, 'BigV didn’t say which addresses it assigned.'],
    ['is empty', undefined, 'BigV didn’t say which addresses it assigned.'],
  ])('says which addresses were assigned, as far as known, if the answer %s', (_, data, note) => {
    expect(answerSays('request_ips', sent({}, data))).toEqual(done(note))
  })

  test('is empty if the reverse DNS differs only in case or a trailing dot', () => {
    expect(answerSays('set_rdns', sent({ rdns: 'WWW.example.com.' }, { rdns: 'www.example.com' }))).toEqual(
      done(''),
    )
    expect(answerSays('set_rdns', sent({ rdns: null }, { rdns: null }))).toEqual(done(''))
    expect(answerSays('set_rdns', sent({ rdns: null }, { rdns: '' }))).toEqual(done(''))
  })

  test('reports reverse DNS that differs from the name sent', () => {
    expect(answerSays('set_rdns', sent({ rdns: 'new.example.com' }, { rdns: 'old.example.com' }))).toEqual({
      is: 'superseded',
      note: 'BigV accepted the request, but the reverse DNS is old.example.com.',
    })
    expect(answerSays('set_rdns', sent({ rdns: 'new.example.com' }, { rdns: null })).is).toBe('superseded')
  })

  test.each([
    ['is empty', undefined, 'BigV didn’t say what the machine booted from.'],
    ['lacks the system', { power_on: true }, /^This BigV server doesn’t have the rescue system/],
    ['has null for the system', { appliance: null }, /^This BigV server doesn’t have the rescue system/],
    [
      'has the system',
      { appliance: { name: 'rescue', permanent: false } },
      'BigV booted the machine into this system: {"name":"rescue","permanent":false}.',
    ],
    [
      'has secrets',
      { appliance: { name: 'rescue', password: 'x', url: 'http://me:secret@x/y' } },
      'BigV booted the machine into this system: {"name":"rescue","password":"••••••","url":"http://••••••@x/y"}.',
    ],
  ])(
    'says what a machine booted from, as far as known, if the answer to a rescue start %s',
    (_, vm, said) => {
      expect(applianceSays(vm)).toEqual(typeof said === 'string' ? said : expect.stringMatching(said))
    },
  )

  test('is empty for all other actions', () => {
    expect(answerSays('reset', sent({ signal: 'reset' }, { signal: 'reset' }))).toEqual(done(''))
  })
})
