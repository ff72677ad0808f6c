import { describe, expect, test } from 'vitest'
import { machine, PATH, REF } from '../api/testing/machines.ts'
import { autorebootChange, writtenAutoreboot } from './autoreboot.ts'
import type { MachineActionName as MachineAction } from './index.ts'
import { boundBy } from './testing/bound.ts'

type Params = unknown

const put = (body: object) => ({ method: 'PUT', path: PATH, body })
const signal = (body: object) => ({ method: 'POST', path: `${PATH}/signal`, body })

/** True for a PUT of `power_on`, a signal, and DELETE of a machine. */
const isUrgent = (request: { method?: string; path?: string; body?: object }) =>
  (request.body !== undefined && 'power_on' in request.body) ||
  request.path?.endsWith('/signal') ||
  (request.method === 'DELETE' && request.path?.split('?')[0] === PATH)

describe('the requests of an action', () => {
  test.each<[MachineAction, boolean, Params, object[]]>([
    ['start', false, {}, [put({ autoreboot_on: true, power_on: true })]],
    ['start', true, {}, [put({ autoreboot_on: true, power_on: true })]],
    ['start', false, { autoreboot_on: false }, [put({ autoreboot_on: false, power_on: true })]],
    ['stop', true, {}, [put({ autoreboot_on: false, power_on: false })]],
    ['stop', false, {}, [put({ autoreboot_on: false, power_on: false })]],
    ['reboot', true, {}, [put({ autoreboot_on: true, power_on: false })]],
    ['reboot', false, {}, [put({ autoreboot_on: true, power_on: false })]],
    ['shut_down', true, {}, [put({ autoreboot_on: false }), signal({ signal: 'powerdown' })]],
    ['shut_down', false, {}, [signal({ signal: 'powerdown' })]],
    ['restart', false, {}, [put({ autoreboot_on: true }), signal({ signal: 'powerdown' })]],
    ['restart', true, {}, [signal({ signal: 'powerdown' })]],
    ['reset', true, {}, [signal({ signal: 'reset' })]],
    ['send_keys', true, 'ctrl-alt-delete', [signal({ signal: 'sendkey', data: 'ctrl-alt-delete' })]],
    ['autoreboot_on', false, {}, [put({ autoreboot_on: true })]],
    ['autoreboot_off', true, {}, [put({ autoreboot_on: false })]],
    ['autoreboot_on', true, {}, [put({ autoreboot_on: true })]],
    ['delete', true, {}, [{ method: 'DELETE', path: PATH }]],
    ['undelete', true, {}, [put({ deleted: false })]],
    ['purge', true, {}, [{ method: 'DELETE', path: `${PATH}?purge=true` }]],
    ['change', true, { attributes: { cores: 4 } }, [put({ cores: 4 })]],
    [
      'reimage',
      false,
      { distribution: 'wheezy', root_password: 'x' },
      [{ method: 'POST', path: `${PATH}/reimage`, body: { distribution: 'wheezy', root_password: 'x' } }],
    ],
    [
      'rescue',
      false,
      {},
      [put({ appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true })],
    ],
    [
      'add_disc',
      true,
      { label: 'data', size: 1024 },
      [{ method: 'POST', path: `${PATH}/discs`, body: { label: 'data', size: 1024 } }],
    ],
    [
      'change_disc',
      true,
      { id: 5, attributes: { size: 2048 } },
      [{ method: 'PUT', path: `${PATH}/discs/5`, body: { size: 2048 } }],
    ],
    ['purge_disc', true, { id: 5 }, [{ method: 'DELETE', path: `${PATH}/discs/5?purge=true` }]],
    [
      'request_ips',
      true,
      { nic: 6, addresses: 2, family: 'ipv4', reason: 'TLS' },
      [
        {
          method: 'POST',
          path: `${PATH}/nics/6/ip_create`,
          body: { addresses: 2, family: 'ipv4', reason: 'TLS', contiguous: false },
        },
      ],
    ],
    [
      'set_rdns',
      true,
      { address: '2001:db8::2', name: 'www.example.com' },
      [{ method: 'PUT', path: '/ips/2001%3Adb8%3A%3A2', body: { rdns: 'www.example.com' } }],
    ],
    ['backup_disc', true, { id: 5 }, [{ method: 'POST', path: `${PATH}/discs/5/backups`, body: {} }]],
    [
      'schedule_backups',
      true,
      { id: 5, schedule: { start_at: '00:00', interval_seconds: 3600, capacity: 2 } },
      [
        {
          method: 'POST',
          path: `${PATH}/discs/5/backup_schedules`,
          body: { start_at: '00:00', interval_seconds: 3600, capacity: 2 },
        },
      ],
    ],
    [
      'swap_ips',
      true,
      { other: { ...REF, id: 9, name: 'db' }, additional: true },
      [
        {
          method: 'POST',
          path: '/ips/swap_virtual_machine_ips',
          body: { virtual_machine_1_id: 7, virtual_machine_2_id: 9, move_additional_ips: true },
        },
      ],
    ],
  ])('are as documented for %s if autoreboot_on is %s', (action, autoreboot_on, params, requests) => {
    const bound = boundBy(action, params)
    expect(bound.requests(REF, machine({ autoreboot_on }))).toEqual(requests)
    expect(bound.action.urgent ?? false).toBe(requests.some(isUrgent))
  })

  test('are never made for an empty disc id, which would mean all discs', () => {
    expect(() => boundBy('purge_disc', { id: '' }).requests(REF, machine())).toThrow(RangeError)
    expect(() => boundBy('set_rdns', { address: '' }).requests(REF, machine())).toThrow(RangeError)
  })

  test('encode names in paths, and identify the machine by its id', () => {
    const [request] = boundBy('reset').requests({ account: 'a/b', group: '7' }, machine({ name: '../x' }))
    expect(request?.path).toBe('/accounts/a%2Fb/groups/7/virtual_machines/7/signal')
  })
})

describe('the change of autoreboot_on by an action', () => {
  test.each<[MachineAction, boolean, object | null]>([
    ['start', false, { before: false, after: true }],
    ['start', true, null],
    ['stop', true, { before: true, after: false }],
    ['stop', false, null],
    ['reboot', false, { before: false, after: true }],
    ['shut_down', true, { before: true, after: false }],
    ['shut_down', false, null],
    ['restart', false, { before: false, after: true }],
    ['reset', false, null],
    ['send_keys', true, null],
  ])('is known before %s is sent to a machine with autoreboot_on %s', (action, autoreboot_on, change) => {
    const requests = boundBy(action, action === 'send_keys' ? 'a' : undefined).requests(
      REF,
      machine({ autoreboot_on }),
    )
    expect(autorebootChange(requests, autoreboot_on)).toEqual(change)
  })

  test.each([
    ['as off from a body that turns it off', { autoreboot_on: false }, false],
    ['as on from a body that turns it on', { autoreboot_on: true, power_on: false }, true],
    ['as unknown from a body without it', { power_on: true }, undefined],
    ['as unknown from a body with a word for it', { autoreboot_on: 'yes' }, undefined],
    ['as unknown from null', null, undefined],
    ['as unknown from no body', undefined, undefined],
    ['as unknown from a text', 'autoreboot_on', undefined],
  ])('is read %s', (_, body, written) => {
    expect(writtenAutoreboot(body)).toBe(written)
  })
})
