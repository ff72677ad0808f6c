import { expect, test } from 'vitest'
import { ipRestrictionsProblem } from './ip-restrictions.ts'

test.each(['', '192.0.2.1', '192.0.2.0/24, 2001:db8::/32', ' 198.51.100.7 ::1 '])(
  '“%s” restricts',
  (text) => {
    expect(ipRestrictionsProblem(text)).toBeNull()
  },
)

test.each([
  ['192.0.2', '192.0.2'],
  ['192.0.2.1/33', '192.0.2.1/33'],
  ['192.0.2.1, home', 'home'],
  ['2001:db8::/129', '2001:db8::/129'],
  ['192.0.2.0/24/8', '192.0.2.0/24/8'],
  ['::1/x', '::1/x'],
])('“%s” does not: %s', (text, wrong) => {
  expect(ipRestrictionsProblem(text)).toBe(`“${wrong}” is no address, and no network such as 192.0.2.0/24.`)
})
