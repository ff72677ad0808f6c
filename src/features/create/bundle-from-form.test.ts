import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redacted } from '../../api/redact.ts'
import { createRequest } from '../../actions/create.ts'
import { bundleFromForm } from './bundle-from-form.ts'
import { newDisc, newValues, type CreateValues } from './form-values.ts'
import { problemsOf } from './errors/problems.ts'

const GRADES = ['archive', 'sata', 'ssd', 'sas']
const OWN = { name: 'web4', password: 'made-up-password' }
const WEB4: CreateValues = { ...newValues(), name: 'web4', distribution: 'wheezy' }

const gradesSent = (known: string[]) =>
  bundleFromForm(WEB4, known, OWN).discs?.map((disc) => disc.storage_grade)

describe('the bundle of a form', () => {
  test('has the machine, its disc and its system', () => {
    expect(bundleFromForm(WEB4, GRADES, OWN)).toEqual({
      virtual_machine: { name: 'web4', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
      discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
      reimage: { distribution: 'wheezy', root_password: 'made-up-password' },
    })
  })

  test('says both power flags when they are off, too', () => {
    const { virtual_machine } = bundleFromForm(
      { ...WEB4, power_on: false, autoreboot_on: false },
      GRADES,
      OWN,
    )
    expect(virtual_machine).toMatchObject({ power_on: false, autoreboot_on: false })
  })

  test('names the hardware profile only when one was chosen', () => {
    expect(bundleFromForm(WEB4, GRADES, OWN).virtual_machine).not.toHaveProperty('hardware_profile')
    const chosen = bundleFromForm({ ...WEB4, hardware_profile: 'virtio2013' }, GRADES, OWN)
    expect(chosen.virtual_machine.hardware_profile).toBe('virtio2013')
  })

  test('has the password that was typed, when one is to be typed, to the last blank', () => {
    const typed: CreateValues = { ...WEB4, password_from: 'typed', root_password: ' s3cret ' }
    expect(bundleFromForm(typed, GRADES, OWN).reimage?.root_password).toBe(' s3cret ')
  })

  test('has zone, keymap, lock, CD and addresses where they are chosen', () => {
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

  test('has keys, one a line, and the script as it was typed, where there are any', () => {
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

  test('of a machine without discs and system is sent as a bare machine', () => {
    const bundle = bundleFromForm({ ...WEB4, discs: [], system: 'none' }, GRADES, OWN)
    expect(bundle).toEqual({ virtual_machine: bundle.virtual_machine })
    expect(createRequest({ account: 'acme', group: 'default' }, bundle)).toEqual({
      method: 'POST',
      path: '/accounts/acme/groups/default/virtual_machines',
      body: { name: 'web4', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
    })
  })

  test('keeps to the grades that BigV has', () => {
    expect(gradesSent(['ssd', 'archive'])).toEqual(['ssd'])
    // Not yet known: the usual one, which BigV would take too.
    expect(gradesSent([])).toEqual(['sata'])
  })
})

const gib = (most: number) => fc.double({ min: 0.06, max: most, noNaN: true }).map((size) => size.toFixed(3))

const filled = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  preset: fc.constantFrom('1-1', 'own'),
  cores: fc.integer({ min: 1, max: 64 }).map(String),
  memory: gib(1024),
  hardware_profile: fc.constantFrom('', 'virtio2013'),
  hardware_profile_locked: fc.boolean(),
  zone_name: fc.constantFrom('', 'york'),
  keymap: fc.constantFrom('', 'en-gb'),
  ipv4: fc.constantFrom('', '10.0.0.2'),
  ipv6: fc.constantFrom('', 'fd00::2'),
  power_on: fc.boolean(),
  autoreboot_on: fc.boolean(),
  discs: fc
    .array(fc.record({ size: gib(2048), storage_grade: fc.constantFrom(...GRADES, 'gone') }), {
      maxLength: 8,
    })
    .map((discs) => discs.map((disc, index) => ({ ...newDisc(`disc-${index + 1}`), ...disc }))),
  system: fc.constantFrom<CreateValues['system'][]>('distribution', 'none'),
  distribution: fc.constant('wheezy'),
  password_from: fc.constantFrom<CreateValues['password_from'][]>('generated', 'typed'),
  root_password: fc.constant('TYPED-secret'),
  ssh_keys: fc.constant(''),
  firstboot_script: fc.constantFrom('', '#!/bin/sh\necho SCRIPT-secret\n'),
  keep_script: fc.boolean(),
  cdrom_url: fc.constantFrom('', 'https://me:CD-secret@example.com/x.iso'),
})

const sendable = filled.filter((values) => Object.keys(problemsOf(values)).length === 0)

describe('whatever is filled in without a problem', () => {
  test('is sent as JSON says it: nothing undefined, nothing that JSON has no word for', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const bundle = bundleFromForm(values, GRADES, OWN)
        expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle)
      }),
    )
  })

  test('has whole sizes in MiB, within what BigV takes', () => {
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

  test('shows no secret in its preview', () => {
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
