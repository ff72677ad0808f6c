import { afterEach, expect, test } from 'vitest'
import { signIn, signOut } from './session.ts'
import { onUserChange } from './user-change.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }

afterEach(signOut)

test('who is signed in now and who was before; the same user, signed in again, is no change', () => {
  const seen: unknown[] = []
  onUserChange((now, before) => seen.push([before, now]))
  signIn(demo, false)
  signIn({ ...demo, password: 'newer' }, false)
  signIn({ ...demo, username: 'colleague' }, false)
  signOut()
  expect(seen).toEqual([
    [undefined, 'demo'],
    ['demo', 'colleague'],
    ['colleague', undefined],
  ])
})
