import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redacted, withoutCdSecrets, withoutCredentials } from './redact.ts'

describe('a redacted body', () => {
  test('hides root passwords and scripts, and leaves the original unchanged', () => {
    const body = {
      virtual_machine: { name: 'web', cores: 1, power_on: true, cdrom_url: null },
      discs: [{ label: 'disc-1', size: 25600 }],
      reimage: { distribution: 'wheezy', root_password: 'tops3cret', firstboot_script: '#!/bin/sh\necho x' },
    }
    expect(redacted(body)).toEqual({
      ...body,
      reimage: { distribution: 'wheezy', root_password: '••••••', firstboot_script: '••••••' },
    })
    expect(body.reimage.root_password).toBe('tops3cret')
  })

  test('shows an empty secret as empty', () => {
    expect(redacted({ firstboot_script: '' })).toEqual({ firstboot_script: '' })
  })

  test('also hides secrets that aren’t text', () => {
    expect(redacted({ root_password: { value: 'tops3cret' } })).toEqual({ root_password: '••••••' })
  })

  test.each([
    ['http://user:pw@example.com/x.iso', 'http://••••••@example.com/x.iso'],
    ['https://user@example.com', 'https://••••••@example.com'],
    ['FTP://u:p@h/', 'FTP://••••••@h/'],
    ['http://user:p@ss@example.com/x.iso', 'http://••••••@example.com/x.iso'],
    [' http://user:pw@example.com/', ' http://••••••@example.com/'],
    ['see http://a:b@c/ and http://d:e@f/', 'see http://••••••@c/ and http://••••••@f/'],
    ['http://example.com/disc@2x.iso', 'http://example.com/disc@2x.iso'],
    ['http://example.com/?a=b@c', 'http://example.com/?a=b@c'],
    ['me@example.com', 'me@example.com'],
    ['web', 'web'],
  ])('shows the text %j as %j', (text, shown) => {
    expect(redacted({ cdrom_url: text })).toEqual({ cdrom_url: shown })
    expect(redacted([text])).toEqual([shown])
  })

  test('hides the password of every URL, at any depth', () => {
    const password = fc.stringMatching(/^[A-Za-z0-9@:!$&*+,;=._~-]{1,12}$/)
    fc.assert(
      fc.property(password, fc.constantFrom('http', 'https', 'ftp'), (secret, scheme) => {
        const text = `${scheme}://user:${secret}@host.example/x.iso`
        expect(redacted({ a: [{ b: text }] })).toEqual({
          a: [{ b: `${scheme}://••••••@host.example/x.iso` }],
        })
      }),
    )
  })

  test('is the original body if that has no secrets', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('://')),
        (value) => {
          expect(JSON.stringify(redacted(value))).toBe(JSON.stringify(value))
        },
      ),
    )
  })
})

test.each([
  'https://me:hush@example.com/x.iso',
  'HTTPS://me:hush@example.com',
  'http://me:h@u"s\\h@example.com/a@b?c@d',
  'ftp://me@[2001:db8::1]/x',
])('withoutCdSecrets hides the user and password of a CD’s URL: %s', (cdrom_url) => {
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
])('withoutCdSecrets leaves JSON without a secret in a CD’s URL unchanged: %s', (json) => {
  expect(withoutCdSecrets(json)).toBe(json)
})

test('withoutCdSecrets hides secrets in a CD’s URL whose slashes are escaped', () => {
  const read: unknown = JSON.parse(withoutCdSecrets('{"cdrom_url": "https:\\/\\/me:hush@a.b\\/x"}'))
  expect(read).toEqual({ cdrom_url: 'https://••••••@a.b/x' })
})
