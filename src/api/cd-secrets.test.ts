import { expect, test } from 'vitest'
import { withoutCdSecrets } from './cd-secrets.ts'
import { withoutCredentials } from './redact.ts'

test.each([
  'https://me:hush@example.com/x.iso',
  'HTTPS://me:hush@example.com',
  'http://me:h@u"s\\h@example.com/a@b?c@d',
  'ftp://me@[2001:db8::1]/x',
])('of %s in a list, the user and the password are dots', (cdrom_url) => {
  const rows = [
    { name: 'a@b', cdrom_url: null },
    { cdrom_url, hostname: 'x@y' },
  ]
  const read: unknown = JSON.parse(withoutCdSecrets(JSON.stringify(rows)))
  expect(read).toEqual([rows[0], { cdrom_url: withoutCredentials(cdrom_url), hostname: 'x@y' }])
  expect(withoutCredentials(cdrom_url)).toContain('••••••@')
})

test.each([
  '{"cdrom_url":"https://example.com/a@b.iso"}',
  '{"cdrom_url":"https://example.com?a@b"}',
  '{"cdrom_url":"","name":"https://me:hush@example.com"}',
  '{"cdrom_url":null,"x":"me@x"}',
])('%s stays as it is', (json) => {
  expect(withoutCdSecrets(json)).toBe(json)
})

test('slashes that are escaped are slashes', () => {
  const read: unknown = JSON.parse(withoutCdSecrets('{"cdrom_url": "https:\\/\\/me:hush@a.b\\/x"}'))
  expect(read).toEqual({ cdrom_url: 'https://••••••@a.b/x' })
})
