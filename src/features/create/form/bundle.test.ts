import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRequest } from '../../../actions/lifecycle.ts'
import { redacted } from '../../../api/redact.ts'
import { problemsOf } from '../errors/problems.ts'
import { filled } from '../testing/filled.ts'
import { bundleFromForm } from './bundle.ts'
import { newDisc, newValues, type CreateValues } from './form-values.ts'

const GRADES = ['archive', 'sata', 'ssd', 'sas']
const OWN = { name: 'web4', password: 'made-up-password' }
const WEB4: CreateValues = { ...newValues(), name: 'web4', distribution: 'wheezy' }

const gradesSent = (known: string[]) =>
  bundleFromForm(WEB4, known, OWN).discs?.map((disc) => disc.storage_grade)

describe('bundleFromForm', () => {
  test('returns the machine, its disc and its image', () => {
    expect(bundleFromForm(WEB4, GRADES, OWN)).toEqual({
      virtual_machine: { name: 'web4', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
      discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
      reimage: { distribution: 'wheezy', root_password: 'made-up-password' },
    })
  })

  test('always returns both power flags', () => {
    const { virtual_machine } = bundleFromForm(
      { ...WEB4, power_on: false, autoreboot_on: false },
      GRADES,
      OWN,
    )
    expect(virtual_machine).toMatchObject({ power_on: false, autoreboot_on: false })
  })

  test('leaves out the hardware profile unless one is chosen', () => {
    expect(bundleFromForm(WEB4, GRADES, OWN).virtual_machine).not.toHaveProperty('hardware_profile')
    const chosen = bundleFromForm({ ...WEB4, hardware_profile: 'virtio2013' }, GRADES, OWN)
    expect(chosen.virtual_machine.hardware_profile).toBe('virtio2013')
  })

  test('sends a typed password unchanged, spaces included', () => {
    const typed: CreateValues = { ...WEB4, password_from: 'typed', root_password: ' s3cret ' }
    expect(bundleFromForm(typed, GRADES, OWN).reimage?.root_password).toBe(' s3cret ')
  })

  test('returns zone, keymap, lock, CD and addresses if chosen', () => {
    const chosen: CreateValues = {
      ...WEB4,
      hardware_profile_locked: true,
      zone_name: 'york',
      keymap: 'en-gb',
      cdrom_url: ' https://example.com/x.iso ',
      ipv4: ' 10.0.0.2 ',
      ipv6: 'fd00::2',
    }
    const { virtual_machine, ips } = bundleFromForm(chosen, GRADES, OWN)
    expect(virtual_machine).toMatchObject({
      hardware_profile_locked: true,
      zone_name: 'york',
      keymap: 'en-gb',
      cdrom_url: 'https://example.com/x.iso',
    })
    expect(ips).toEqual({ ipv4: '10.0.0.2', ipv6: 'fd00::2' })
    expect(bundleFromForm({ ...chosen, ipv6: '' }, GRADES, OWN).ips).toEqual({ ipv4: '10.0.0.2' })
  })

  test('returns the SSH keys, one per line, and the script as typed', () => {
    const chosen: CreateValues = {
      ...WEB4,
      password_from: 'none',
      ssh_keys: ' ssh-rsa AAAA a@b \n\nssh-rsa BBBB c@d',
      firstboot_script: '#!/bin/sh\necho hi\n',
    }
    expect(bundleFromForm(chosen, GRADES, OWN).reimage).toEqual({
      distribution: 'wheezy',
      ssh_public_key: 'ssh-rsa AAAA a@b\nssh-rsa BBBB c@d',
      firstboot_script: '#!/bin/sh\necho hi\n',
    })
    expect(bundleFromForm({ ...chosen, system: 'none' }, GRADES, OWN)).not.toHaveProperty('reimage')
  })

  test('returns a machine alone if there are no discs and no image', () => {
    const bundle = bundleFromForm({ ...WEB4, discs: [], system: 'none' }, GRADES, OWN)
    expect(bundle).toEqual({ virtual_machine: bundle.virtual_machine })
    expect(createRequest({ account: 'acme', group: 'default' }, bundle)).toEqual({
      method: 'POST',
      path: '/accounts/acme/groups/default/virtual_machines',
      body: { name: 'web4', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
    })
  })

  test('replaces a storage grade that BigV does not offer', () => {
    expect(gradesSent(['ssd', 'archive'])).toEqual(['ssd'])
    // Without definitions, the default grade is sent.
    expect(gradesSent([])).toEqual(['sata'])
  })
})

const gib = (most: number) => fc.double({ min: 0.06, max: most, noNaN: true }).map((size) => size.toFixed(3))

// Sizes that aren't whole MiB, and a grade that BigV no longer offers.
const sizes = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  memory: gib(1024),
  discs: fc
    .array(fc.record({ size: gib(2048), storage_grade: fc.constantFrom(...GRADES, 'gone') }), {
      maxLength: 8,
    })
    .map((discs) => discs.map((disc, index) => ({ ...newDisc(`disc-${index + 1}`), ...disc }))),
})

const sendable = fc
  .tuple(filled, sizes)
  .map(([values, own]) => Object.assign(values, own))
  .filter((values) => Object.keys(problemsOf(values)).length === 0)

describe('the bundle of any valid form', () => {
  test('can be sent as JSON without loss: no value in it is undefined or NaN', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const bundle = bundleFromForm(values, GRADES, OWN)
        expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle)
      }),
    )
  })

  test('has disc and memory sizes in whole MiB, within the limits of BigV', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const { virtual_machine, discs = [] } = bundleFromForm(values, GRADES, OWN)
        expect(virtual_machine.memory).toBe(Math.round(Number(values.memory) * 1024))
        discs.forEach(({ size }, index) => {
          expect(size).toBe(Math.round(Number(values.discs[index]?.size) * 1024))
          expect(size).toBeGreaterThanOrEqual(50)
          expect(size).toBeLessThanOrEqual(2 * 1024 * 1024)
        })
      }),
    )
  })

  test('has no secrets in its preview', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const { body } = createRequest(
          { account: 'a', group: 'g' },
          bundleFromForm(values, GRADES, { name: 'a', password: 'GENERATED-secret' }),
        )
        expect(JSON.stringify(redacted(body))).not.toContain('secret')
      }),
    )
  })
})
