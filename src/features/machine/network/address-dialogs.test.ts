import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostNameProblem } from './address-dialogs.tsx'

describe('the host name form', () => {
  test.each([
    'www.example.com',
    'www.example.com.',
    'localhost',
    '1.2.3.4.in-addr.arpa',
    'XN--BCHER-KVA.example',
    'a',
  ])('accepts %s', (name) => expect(hostNameProblem(name)).toBeNull())

  test.each([
    ['www..example.com', 'between the dots must have'],
    ['.example.com', 'between the dots must have'],
    ['www.example.com..', 'between the dots must have'],
    ['my_host.example.com', '“my_host” has others'],
    ['www example.com', 'has others'],
    ['bücher.example', 'has others'],
    ['-www.example.com', 'begin or end with a hyphen'],
    ['www-.example.com', 'begin or end with a hyphen'],
    [`${'a'.repeat(64)}.com`, 'at most 63'],
    ['a.'.repeat(127), null],
    [`${'a.'.repeat(127)}b`, 'at most 253 characters; this one has 255'],
  ])('gives for %s the error: %j', (name, problem) => {
    if (problem === null) expect(hostNameProblem(name)).toBeNull()
    else expect(hostNameProblem(name)).toContain(problem)
  })

  test('accepts every valid domain, with or without a trailing dot', () => {
    fc.assert(
      fc.property(fc.domain(), fc.boolean(), (name, dot) => {
        expect(hostNameProblem(dot ? `${name}.` : name)).toBeNull()
      }),
    )
  })
})
