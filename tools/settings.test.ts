import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { readAuthUrl, readBigvUrl, StartError } from './settings.ts'

test.each([
  [undefined, 'https://uk0.bigv.io/'],
  ['', 'https://uk0.bigv.io/'],
  ['http://localhost:4100', 'http://localhost:4100/'],
  ['https://brain.example/below', 'https://brain.example/below'],
])('the settings read BIGV_URL %j as %s', (text, url) => {
  expect(readBigvUrl({ BIGV_URL: text }).href).toBe(url)
})

test.each([
  [undefined, 'https://auth.bytemark.co.uk/'],
  ['', 'https://auth.bytemark.co.uk/'],
  ['http://localhost:4100', 'http://localhost:4100/'],
])('the settings read BIGV_AUTH_URL %j as %s', (text, url) => {
  expect(readAuthUrl({ BIGV_AUTH_URL: text, BIGV_URL: 'http://elsewhere' }).href).toBe(url)
})

test.each([
  ['uk0.bigv.io', 'must be an http:// or https:// URL'],
  ['localhost:4100', 'must be an http:// or https:// URL'],
  ['file:///etc/passwd', 'must be an http:// or https:// URL'],
  ['https://', 'must be an http:// or https:// URL'],
  ['https://brain.example/?x=1', 'must not have a query'],
  ['https://brain.example/#x', 'must not have a query'],
])('the settings refuse BIGV_URL %j in one line', (text, reason) => {
  const read = () => readBigvUrl({ BIGV_URL: text })
  expect(read).toThrow(StartError)
  expect(read).toThrow(reason)
  expect(read).toThrow(text)
  expect(inspect(caught(read))).not.toContain('\n')
})

test('the settings name BIGV_AUTH_URL in the error if it is invalid', () => {
  const error = caught(() => readAuthUrl({ BIGV_AUTH_URL: 'auth.example' }))
  expect(inspect(error)).toBe(
    'BIGV_AUTH_URL must be an http:// or https:// URL such as https://auth.bytemark.co.uk; it is "auth.example".',
  )
})

test('the settings refuse credentials in BIGV_URL, and do not print them', () => {
  const error = caught(() => readBigvUrl({ BIGV_URL: 'https://demo:secret@brain.example' }))
  expect(inspect(error)).toContain('must not contain a username or password')
  expect(inspect(error)).not.toContain('secret')
})

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
