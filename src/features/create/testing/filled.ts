import * as fc from 'fast-check'
import type { Definitions } from '../../../api/definitions.ts'
import { problemsOf } from '../errors/problems.ts'
import { newDisc, newValues, type CreateValues } from '../form/form-values.ts'

export const DEFINITIONS: Definitions = {
  distributions: ['wheezy', 'precise'],
  storage_grades: ['archive', 'sata', 'ssd'],
  hardware_profiles: ['virtio2013', 'compatibility2013'],
  keymaps: ['en-gb', 'de'],
  sendkeys: [],
  zone_names: ['york', 'manchester'],
  distribution_descriptions: {},
  storage_grade_descriptions: {},
}

const KEYS = [
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b & more=here#?',
  '-----BEGIN OPENSSH PRIVATE KEY-----\nKEY-secret\n-----END OPENSSH PRIVATE KEY-----',
]

const gib = (most: number) => fc.integer({ min: 64, max: most * 1024 }).map((mib) => String(mib / 1024))
const oneOf = (...values: string[]) => fc.constantFrom('', ...values)

const all: { [F in keyof CreateValues]: fc.Arbitrary<CreateValues[F]> } = {
  name: fc.constantFrom('web4', 'web{1..5}', '{web,db}-{01..12}', 'ä b', 'A-b'),
  preset: fc.constant('own'),
  cores: fc.integer({ min: 1, max: 64 }).map(String),
  memory: gib(1024),
  hardware_profile: oneOf('virtio2013'),
  hardware_profile_locked: fc.boolean(),
  zone_name: oneOf('york'),
  keymap: oneOf('de'),
  ipv4: oneOf('10.0.0.2'),
  ipv6: oneOf('fd00::2'),
  power_on: fc.boolean(),
  autoreboot_on: fc.boolean(),
  discs: fc
    .array(
      fc.record({
        size: gib(2048),
        label: fc.constantFrom('', ':', ' & ='),
        storage_grade: fc.constantFrom('archive', 'sata', 'ssd'),
      }),
      { maxLength: 8 },
    )
    .map((discs) =>
      discs.map((disc, index) => ({ ...newDisc(''), ...disc, label: `disc${disc.label}${index + 1}` })),
    ),
  system: fc.constantFrom<CreateValues['system'][]>('distribution', 'none'),
  distribution: fc.constantFrom('wheezy', 'precise'),
  password_from: fc.constantFrom<CreateValues['password_from'][]>('generated', 'typed', 'none'),
  root_password: fc.constantFrom('', 'TYPED-secret'),
  ssh_keys: fc.subarray(KEYS).map((keys) => keys.join('\n')),
  firstboot_script: fc.constantFrom('', '#!/bin/sh\necho SCRIPT-secret\n\tindented\n'),
  keep_script: fc.boolean(),
  cdrom_url: oneOf('https://example.com/x.iso', 'https://CD-secret:CD-secret@a.b/x.iso?y=1@2'),
}

/** Any form, valid or not. Its secrets contain the word "secret". */
export const filled: fc.Arbitrary<CreateValues> = fc
  .record(all)
  .map((values) => Object.assign(newValues(), values))

/** Any form without problems. */
export const sendable = filled.filter((values) => Object.keys(problemsOf(values)).length === 0)
