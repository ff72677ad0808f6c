import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64Utf8 } from './base64.ts'
import { anyText } from '../testing/any-text.ts'

describe('base64', () => {
  test('is of the UTF-8 bytes', () => {
    expect(base64Utf8('demo:demo')).toBe('ZGVtbzpkZW1v')
    expect(base64Utf8('jürgen:pässwörd€')).toBe(Buffer.from('jürgen:pässwörd€', 'utf8').toString('base64'))
    expect(base64Utf8('')).toBe('')
  })

  test('gives back any text', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(Buffer.from(base64Utf8(text), 'base64').toString('utf8')).toBe(text)
      }),
    )
  })
})
