import type { Definitions } from '../../api/definitions.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { discLabelProblem, nextDiscLabel } from '../../lib/machine-specs.ts'
import { LONGEST_NAME } from '../../lib/names.ts'
import type { Ignored } from './import-export/attributes.ts'
import { importBundle, type Imported } from './import-export/import-bundle.ts'

/**
 * Values for a copy of a machine: the next free name, powered on, with the distribution installed last. Addresses are not copied, and the
 * API does not return keys, script and password.
 * @param others the group's machines, deleted ones included
 */
export function copyMachine(
  vm: VirtualMachine,
  others: readonly Pick<VirtualMachine, 'name'>[],
  definitions: Definitions | undefined,
): Imported {
  const { cores, memory, hardware_profile, hardware_profile_locked, keymap, cdrom_url, zone_name } = vm
  const installed = offered(definitions?.distributions, vm.last_imaged_with)
  const { labels, renamed } = labelsOfCopy((vm.discs ?? []).map(({ label }) => label))
  const { values, ignored } = importBundle(
    {
      virtual_machine: {
        name: freeName(
          vm.name,
          others.map(({ name }) => name),
        ),
        cores,
        memory,
        hardware_profile,
        hardware_profile_locked: hardware_profile_locked ?? false,
        keymap,
        cdrom_url,
        // Machines created without a zone have "default", which is not in the definitions.
        zone_name: offered(definitions?.zone_names, zone_name),
        power_on: true,
        // Force stop turns automatic restart off, so a machine that is off may have had it on before.
        autoreboot_on: vm.power_on ? vm.autoreboot_on : true,
      },
      discs: (vm.discs ?? []).map(({ size, storage_grade }, at) => ({
        label: labels[at],
        size,
        storage_grade,
      })),
      ...(installed && { reimage: { distribution: installed } }),
    },
    definitions,
    true,
  )
  return { values, ignored: [...ignored, ...renamed] }
}

/**
 * The next name that no machine has: web1 → web2, web09 → web10, db → db-2. Host names ignore case. An older machine may have a name that
 * a new one can't have: db.int → db-int-2.
 */
export function freeName(name: string, taken: readonly string[]): string {
  const inUse = new Set(taken.map((each) => each.toLowerCase()))
  const valid = name.replaceAll(/[^a-z\d-]+/gi, '-').replaceAll(/^-+|-+$/g, '') || 'copy'
  // A name can't be digits only.
  const [, stem = '', digits = ''] = /^(.*?)(\d*)$/.exec(valid) ?? []
  const counts = stem !== '' && digits !== ''
  const [base, joint] = counts ? [stem, ''] : [stem + digits, '-']
  for (let number = counts ? BigInt(digits) + 1n : 2n; ; number += 1n) {
    const suffix = joint + String(number).padStart(counts ? digits.length : 0, '0')
    const free = base.slice(0, Math.max(1, LONGEST_NAME - suffix.length)) + suffix
    if (!inUse.has(free.toLowerCase())) return free
  }
}

/** The labels for a copy's discs. A disc of an existing machine may have a label that new discs can't have, such as vda. */
function labelsOfCopy(originals: readonly string[]): { labels: string[]; renamed: Ignored[] } {
  const fits = (label: string, at: number) =>
    discLabelProblem(label) === null && originals.indexOf(label) === at
  const used = originals.filter(fits)
  const renamed: Ignored[] = []
  const labels = originals.map((original, at) => {
    if (fits(original, at)) return original
    const label = used.includes(`disc-${at + 1}`) ? nextDiscLabel(used) : `disc-${at + 1}`
    used.push(label)
    renamed.push({
      field: `discs.${at}.label`,
      reason: `A new disc can’t have the label “${original}”, so the copy’s disc is called ${label}.`,
    })
    return label
  })
  return { labels, renamed }
}

/** The name if BigV offers it or if the definitions couldn't be loaded, otherwise null. */
function offered(names: readonly string[] | undefined, name: string | null | undefined) {
  return names === undefined || (name && names.includes(name)) ? name : null
}
