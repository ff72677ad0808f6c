import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeStorage } from '../../../lib/testing/fake-storage.ts'
import { signIn, signOut } from '../../../session/session.ts'
import { filled } from '../testing/filled.ts'
import { dropDraft, loadDraft, saveDraft, secretsIn, withoutSecrets } from './draft.ts'
import { newValues, type CreateValues } from './form-values.ts'

const GROUP = { account: 'acme', group: 'default' }
const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }
const TYPED: CreateValues = { ...newValues(), name: 'web{1..', cores: 'two', root_password: 'TYPED-secret' }
const KEY = 'bigv.create-draft'

let entries: Map<string, string>
beforeEach(() => {
  entries = new Map()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  signIn(DEMO, false)
})
afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
})

describe('the draft of a new machine', () => {
  test('saves invalid input too, but never the password', () => {
    saveDraft(GROUP, TYPED)
    expect(entries.get(KEY)).not.toContain('secret')
    expect(loadDraft(GROUP)?.values).toEqual({ ...TYPED, root_password: '' })
    dropDraft()
    expect(loadDraft(GROUP)).toBeNull()
  })

  test('contains no secret except a script that the user chose to store', () => {
    fc.assert(
      fc.property(filled, (values) => {
        const stored = JSON.stringify(withoutSecrets(values))
        expect(stored).not.toMatch(/TYPED-secret|CD-secret|KEY-secret/)
        expect(stored.includes('SCRIPT-secret')).toBe(values.keep_script && values.firstboot_script !== '')
      }),
    )
  })

  test('belongs to one group and user, and is removed when another user signs in', () => {
    saveDraft(GROUP, TYPED)
    expect(loadDraft({ ...GROUP, group: 'other' })).toBeNull()
    signIn({ ...DEMO, password: 'newer' }, false)
    expect(loadDraft(GROUP)?.values.name).toBe('web{1..')
    const stored = entries.get(KEY) ?? ''
    signIn({ ...DEMO, username: 'colleague' }, false)
    expect(entries.has(KEY)).toBe(false)
    entries.set(KEY, stored)
    expect(loadDraft(GROUP)).toBeNull()
    signOut()
    expect(entries.has(KEY)).toBe(false)
  })

  test('omits a private key pasted by mistake', () => {
    const ssh_keys = '-----BEGIN OPENSSH PRIVATE KEY-----\nsecret'
    saveDraft(GROUP, { ...TYPED, ssh_keys })
    expect(entries.get(KEY)).not.toContain('secret')
  })

  test('is ignored if its stored form is not valid', () => {
    saveDraft(GROUP, TYPED)
    const good = entries.get(KEY) ?? ''
    for (const bad of [
      '',
      '7',
      '{}',
      good.replace('"cores":"two"', '"cores":{}'),
      good.replace('"discs":[', '"discs":[7,'),
    ]) {
      entries.set(KEY, bad)
      expect(loadDraft(GROUP), bad).toBeNull()
    }
  })
})

test('secretsIn names the secrets that the draft leaves out', () => {
  expect(secretsIn(newValues())).toEqual([])
  expect(secretsIn({ ...TYPED, firstboot_script: '#!/bin/sh', cdrom_url: 'https://a:b@c/d' })).toEqual([
    'the root password',
    'the first-boot script',
    'the CD’s user and password',
  ])
  expect(secretsIn({ ...newValues(), firstboot_script: '#!/bin/sh', keep_script: true })).toEqual([])
})
