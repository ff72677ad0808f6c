import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redacted } from '../../api/redact.ts'
import { createRequest } from '../../operations/create.ts'
import { bundleFromForm } from './bundle-from-form.ts'
import { newDisc, newValues, type CreateValues } from './form-values.ts'
import { problemsOf } from './problems.ts'

const GRADES = ['archive', 'sata', 'ssd', 'sas']
const WEB4: CreateValues = { ...newValues('made-up-password'), name: 'web4', distribution: 'wheezy' }

const gradesSent = (known: string[]) => bundleFromForm(WEB4, known).discs?.map((disc) => disc.storage_grade)

describe('the bundle of a form', () => {
  test('has the machine, its disc and its system', () => {
    expect(bundleFromForm(WEB4, GRADES)).toEqual({
      virtual_machine: { name: 'web4', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
      discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
      reimage: { distribution: 'wheezy', root_password: 'made-up-password' },
    })
  })

  test('says both power flags when they are off, too', () => {
    const { virtual_machine } = bundleFromForm({ ...WEB4, power_on: false, autoreboot_on: false }, GRADES)
    expect(virtual_machine).toMatchObject({ power_on: false, autoreboot_on: false })
  })

  test('names the hardware profile only when one was chosen', () => {
    expect(bundleFromForm(WEB4, GRADES).virtual_machine).not.toHaveProperty('hardware_profile')
    const chosen = bundleFromForm({ ...WEB4, hardware_profile: 'virtio2013' }, GRADES)
    expect(chosen.virtual_machine.hardware_profile).toBe('virtio2013')
  })

  test('has the password that was typed, when one is to be typed, to the last blank', () => {
    const typed: CreateValues = { ...WEB4, password_from: 'typed', root_password: ' s3cret ' }
    expect(bundleFromForm(typed, GRADES).reimage?.root_password).toBe(' s3cret ')
  })

  test('has a CD and no system, or a system and no CD', () => {
    const cd: CreateValues = { ...WEB4, cdrom_url: ' https://example.com/x.iso ' }
    expect(bundleFromForm(cd, GRADES).virtual_machine).not.toHaveProperty('cdrom_url')
    const none = bundleFromForm({ ...cd, system: 'none' }, GRADES)
    expect(none.virtual_machine.cdrom_url).toBe('https://example.com/x.iso')
    expect(none).not.toHaveProperty('reimage')
  })

  test('of a machine without discs and system is sent as a bare machine', () => {
    const bundle = bundleFromForm({ ...WEB4, discs: [], system: 'none' }, GRADES)
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
  power_on: fc.boolean(),
  autoreboot_on: fc.boolean(),
  discs: fc
    .array(fc.record({ size: gib(2048), storage_grade: fc.constantFrom(...GRADES, 'gone') }), {
      maxLength: 8,
    })
    .map((discs) => discs.map((disc, index) => ({ ...newDisc(`disc-${index + 1}`), ...disc }))),
  system: fc.constantFrom('distribution', 'none'),
  distribution: fc.constant('wheezy'),
  password_from: fc.constantFrom('generated', 'typed'),
  generated_password: fc.constant('GENERATED-secret'),
  root_password: fc.constant('TYPED-secret'),
  cdrom_url: fc.constantFrom('', 'https://me:CD-secret@example.com/x.iso'),
})

const sendable = filled.filter((values) => Object.keys(problemsOf(values)).length === 0)

describe('whatever is filled in without a problem', () => {
  test('is sent as JSON says it: nothing undefined, nothing that JSON has no word for', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const bundle = bundleFromForm(values, GRADES)
        expect(JSON.parse(JSON.stringify(bundle))).toStrictEqual(bundle)
      }),
    )
  })

  test('has whole sizes in MiB, within what BigV takes', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const { virtual_machine, discs = [] } = bundleFromForm(values, GRADES)
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
        const { body } = createRequest({ account: 'a', group: 'g' }, bundleFromForm(values, GRADES))
        expect(JSON.stringify(redacted(body))).not.toContain('secret')
      }),
    )
  })
})
