import { expect, test } from 'vitest'
import { clientLine } from './client-line.ts'
import { operation, REF } from './testing/samples.ts'

const target = { ...REF, id: 7, name: 'web' }

test.each([
  ['start', 'bytemark start server web.default.acme'],
  ['stop', 'bytemark stop server web.default.acme'],
  ['reset', 'bytemark reset server web.default.acme'],
  ['shut_down', 'bytemark shutdown server web.default.acme'],
  ['restart', 'bytemark restart server web.default.acme'],
  ['delete', 'bytemark delete server web.default.acme'],
  ['purge', 'bytemark delete server --purge web.default.acme'],
  ['undelete', 'bytemark restore server web.default.acme'],
  ['rescue', 'bytemark restart server --rescue web.default.acme'],
  ['create_group', 'bytemark add group web.acme'],
  ['delete_group', 'bytemark delete group web.acme'],
  ['reboot', null],
  ['send_keys', null],
  ['reimage', null],
] as const)('%s is %s', (action, line) => {
  expect(clientLine(operation({ action, target }))).toBe(line)
})

const named = (name: string) => clientLine({ action: 'start', target: { ...target, name } })

test('odd names are quoted; those that the client would part otherwise, or take for an option, have no command', () => {
  expect(named("a b'c")).toBe(`bytemark start server 'a b'\\''c.default.acme'`)
  expect(named('db.prod')).toBeNull()
  expect(named('--help')).toBeNull()
  expect(named('')).toBeNull()
})
