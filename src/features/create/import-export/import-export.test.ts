import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemsOf } from '../errors/problems.ts'
import { bundleText, exportableBundle } from '../form/bundle.ts'
import { newValues, type CreateValues } from '../form/form-values.ts'
import { DEFINITIONS, filled, sendable } from '../testing/filled.ts'
import { importText } from './import-bundle.ts'
import { exportLink, importLink } from './link.ts'

const GRADES = DEFINITIONS.storage_grades
const GROUP = { account: 'acme', group: 'default' }
const exported = (values: CreateValues, withScript = false) => exportableBundle(values, GRADES, withScript)
const linkOf = (values: CreateValues) => new URL(exportLink(GROUP, exported(values)), 'http://x').searchParams

const fromLink = (query: string) => importLink(new URLSearchParams(query), DEFINITIONS)

const ignored = (text: string) =>
  importText(text, DEFINITIONS).ignored.map(({ field, reason }) => `${field}: ${reason}`)

describe('an export', () => {
  test('can be imported again without losing anything but secrets', () => {
    fc.assert(
      fc.property(sendable, fc.boolean(), (values, withScript) => {
        const bundle = exported(values, withScript)
        const { values: imported, ignored } = importText(bundleText(bundle), DEFINITIONS)
        expect(ignored).toEqual([])
        expect(exported({ ...newValues(), ...imported }, true)).toEqual(bundle)
      }),
    )
  })

  test('can be opened from its link, which has everything but secrets and the first-boot script', () => {
    fc.assert(
      fc.property(sendable, (values) => {
        const { values: imported, ignored } = importLink(linkOf(values), DEFINITIONS)
        expect(ignored).toEqual([])
        expect(exported({ ...newValues(), ...imported }, true)).toEqual(exported(values))
      }),
    )
  })

  test('has no secrets; it has the script on request, which a link never has', () => {
    fc.assert(
      fc.property(filled, (values) => {
        expect(bundleText(exported(values))).not.toContain('secret')
        expect(decodeURIComponent(linkOf(values).toString())).not.toContain('secret')
        const wanted = bundleText(exported(values, true))
        expect(wanted).not.toMatch(/TYPED-secret|CD-secret|KEY-secret/)
        const runs = values.system === 'distribution' && values.firstboot_script !== ''
        expect(wanted.includes('SCRIPT-secret')).toBe(runs)
      }),
    )
  })
})

describe('an import', () => {
  test.each([
    ['broken JSON', '{"virtual_machine"', /^JSON: Not valid JSON/],
    ['a list in place of an object', '[]', /^JSON: Not a vm_create body/],
    ['a text in place of an object', '"text"', /^JSON: Not a vm_create body/],
    ['a text that is too long', JSON.stringify('x'.repeat(400_000)), /^JSON: Too long/],
    ['a missing machine', '{}', /^virtual_machine: Missing/],
    ['a machine that isn’t an object', '{"virtual_machine": 7}', /^virtual_machine: Must be an object/],
    [
      'a word as the number of cores',
      '{"virtual_machine": {"cores": "two"}}',
      /^virtual_machine.cores: Invalid value: "two"/,
    ],
    ['1.5 cores', '{"virtual_machine": {"cores": 1.5}}', /^virtual_machine.cores: Invalid value: 1.5/],
    [
      'a negative memory size',
      '{"virtual_machine": {"memory": -1}}',
      /^virtual_machine.memory: Invalid value: -1/,
    ],
    [
      'a control character in the name',
      '{"virtual_machine": {"name": "a\\u0000"}}',
      /^virtual_machine.name: Invalid value/,
    ],
    [
      'an unknown zone',
      '{"virtual_machine": {"zone_name": "mars"}}',
      /^virtual_machine.zone_name: BigV doesn’t offer "mars"/,
    ],
    [
      'an attribute that the wizard lacks',
      '{"virtual_machine": {"id": 7}}',
      /^virtual_machine.id: The wizard doesn’t support this attribute/,
    ],
    ['discs that aren’t a list', '{"virtual_machine": {}, "discs": {}}', /^discs: Must be a list/],
    [
      'a wrong size of the second disc',
      '{"virtual_machine": {}, "discs": [{}, {"size": []}]}',
      /^discs.1.size: Invalid value\.$/,
    ],
    [
      'nine discs',
      '{"virtual_machine": {}, "discs": [{},{},{},{},{},{},{},{},{}]}',
      /^discs: A machine can have up to 8/,
    ],
    [
      'a password',
      '{"virtual_machine": {}, "reimage": {"root_password": "x"}}',
      /^reimage.root_password: Passwords aren’t imported/,
    ],
    [
      'the user and password of a CD’s URL',
      '{"virtual_machine": {"cdrom_url": "http://me:pw@x/y"}}',
      /^virtual_machine.cdrom_url: Imported without the user and password/,
    ],
    [
      'a part that the wizard lacks',
      '{"virtual_machine": {}, "extras": 1}',
      /^extras: The wizard doesn’t support this part/,
    ],
  ])('reports %s', (_, text, reason) => {
    expect(ignored(text)).toHaveLength(1)
    expect(ignored(text)[0]).toMatch(reason)
  })

  test('keeps the valid attributes if others are invalid', () => {
    const text =
      '{"virtual_machine": {"name": "web", "cores": "two", "memory": 1331}, "discs": [{"label": "a", "size": 1}]}'
    expect(importText(text, DEFINITIONS).values).toMatchObject({
      name: 'web',
      memory: '1.2998046875',
      preset: 'own',
      discs: [{ label: 'a', storage_grade: 'sata' }],
      system: 'none',
      power_on: false,
    })
  })

  test('silently ignores names such as __proto__, which could change the prototype of objects', () => {
    const text =
      '{"__proto__": {"x": 1}, "virtual_machine": {"__proto__": {"x": 1}, "constructor": 1, "name": "a"}}'
    const { values, ignored } = importText(text, DEFINITIONS)
    expect([ignored, ({} as Record<string, unknown>)['x'], Object.getPrototypeOf(values)]).toEqual([
      [],
      undefined,
      Object.prototype,
    ])
    expect(Object.hasOwn(values, '__proto__')).toBe(false)
  })

  test('sets only known fields, with the right type, whatever the JSON contains', () => {
    const attributes = fc.dictionary(
      fc.constantFrom('name', 'cores', 'label', 'size', 'distribution', 'ipv4', '__proto__', 'toString', 'x'),
      fc.jsonValue(),
    )
    const part = fc.oneof(attributes, fc.array(attributes), fc.jsonValue())
    const bundle = fc.dictionary(
      fc.constantFrom('virtual_machine', 'discs', 'reimage', 'ips', '__proto__', 'toString'),
      part,
    )
    fc.assert(
      fc.property(fc.oneof(bundle, fc.jsonValue()), (value) => {
        const { values } = importText(JSON.stringify(value), DEFINITIONS)
        const fresh = newValues() as unknown as Record<string, unknown>
        for (const [field, value] of Object.entries(values)) {
          expect(Object.hasOwn(fresh, field)).toBe(true)
          expect(typeof value).toBe(typeof fresh[field])
        }
        expect(() => problemsOf({ ...newValues(), ...values })).not.toThrow()
      }),
    )
  })
})

describe('a link to the wizard', () => {
  test('fills in the fields that its parameters name', () => {
    const { values, ignored } = fromLink('name=web{1..3}&cores=2&memory=4096&disc=1024:ssd:a:b&step=discs')
    expect(ignored).toEqual([])
    expect(values).toEqual({
      name: 'web{1..3}',
      cores: '2',
      memory: '4',
      preset: '2-4',
      discs: [{ label: 'a:b', size: '1', storage_grade: 'ssd' }],
    })
    expect(fromLink('distribution=none&disc=none').values).toEqual({ system: 'none', discs: [] })
  })

  test('reports ignored parameters, such as secrets', () => {
    const { values, ignored } = fromLink(
      'root_password=s&firstboot_script=s&cores=two&power_on=perhaps&disc=big&__proto__=x&toString=1',
    )
    expect(JSON.stringify(values)).not.toContain('"s"')
    expect(ignored.map(({ field }) => field)).toEqual([
      'virtual_machine.cores',
      'virtual_machine.power_on',
      'discs.0',
      'root_password',
      'firstboot_script',
      'toString',
    ])
  })
})
