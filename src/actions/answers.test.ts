import { describe, expect, test } from 'vitest'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { machineActions } from './index.ts'

const answerSays = (
  name: 'request_ips' | 'set_rdns' | 'reset' | 'rescue',
  { request, data, vm }: ReturnType<typeof sent>,
) => machineActions[name].readsAnswer?.({ request, data, vm }) ?? done('')
const applianceSays = (vm: object | undefined) =>
  answerSays('rescue', { ...sent({}, vm), vm: vm as VirtualMachine | undefined }).note

const sent = (body: unknown, data: unknown) => ({
  request: { method: 'PUT', path: '/x', body } as const,
  data,
  vm: undefined as VirtualMachine | undefined,
})
const done = (note: string) => ({ is: 'done', note })

describe('what an answer says', () => {
  test.each([
    [{ addresses: 2, ips: ['192.0.2.5', '192.0.2.6'] }, 'New: 192.0.2.5, 192.0.2.6.'],
    [{ addresses: 2, ips: [] }, 'BigV gave none.'],
    [{ addresses: 2 }, 'BigV didn’t say which.'],
    [undefined, 'BigV didn’t say which.'],
  ])('of requested addresses: %j', (data, note) => {
    expect(answerSays('request_ips', sent({}, data))).toEqual(done(note))
  })

  test('of reverse DNS: the case of letters and the dot at the end do not matter', () => {
    expect(answerSays('set_rdns', sent({ rdns: 'WWW.example.com.' }, { rdns: 'www.example.com' }))).toEqual(
      done(''),
    )
    expect(answerSays('set_rdns', sent({ rdns: null }, { rdns: null }))).toEqual(done(''))
    expect(answerSays('set_rdns', sent({ rdns: null }, { rdns: '' }))).toEqual(done(''))
  })

  test('of reverse DNS: a name that is not the one written', () => {
    expect(answerSays('set_rdns', sent({ rdns: 'new.example.com' }, { rdns: 'old.example.com' }))).toEqual({
      is: 'superseded',
      note: 'BigV accepted the request, but the reverse DNS is old.example.com.',
    })
    expect(answerSays('set_rdns', sent({ rdns: 'new.example.com' }, { rdns: null })).is).toBe('superseded')
  })

  test.each([
    [undefined, 'BigV didn’t say what it booted.'],
    [{ power_on: true }, /^This BigV doesn’t know the rescue system/],
    [{ appliance: null }, /^This BigV doesn’t know the rescue system/],
    [
      { appliance: { name: 'rescue', permanent: false } },
      'BigV booted the appliance {"name":"rescue","permanent":false}.',
    ],
    [
      { appliance: { name: 'rescue', password: 'x', url: 'http://me:secret@x/y' } },
      'BigV booted the appliance {"name":"rescue","password":"••••••","url":"http://••••••@x/y"}.',
    ],
  ])('of a rescue start: %j', (vm, said) => {
    expect(applianceSays(vm)).toEqual(typeof said === 'string' ? said : expect.stringMatching(said))
  })

  test('of anything else nothing', () => {
    expect(answerSays('reset', sent({ signal: 'reset' }, { signal: 'reset' }))).toEqual(done(''))
  })
})
