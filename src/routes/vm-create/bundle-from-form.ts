import type { CreateBundle } from '../../operations/bundle.ts'
import { gradeOf, type CreateValues } from './form-values.ts'
import { mibIn, numberIn } from '../../lib/numbers.ts'

/**
 * Takes what stands in the form and the storage grades that BigV has, and returns what vm_create takes. Both power flags
 * are always said, as what BigV does without them is not documented alike everywhere (API reference, "Creation").
 * What cannot be read as a number is NaN: show such a bundle, do not send it.
 */
export function bundleFromForm(values: CreateValues, grades: readonly string[]): CreateBundle {
  const installs = values.system === 'distribution'
  const cdrom = installs ? '' : values.cdrom_url.trim()
  return {
    virtual_machine: {
      name: values.name,
      cores: numberIn(values.cores),
      memory: mibIn(values.memory),
      ...(values.hardware_profile !== '' && { hardware_profile: values.hardware_profile }),
      ...(cdrom !== '' && { cdrom_url: cdrom }),
      power_on: values.power_on,
      autoreboot_on: values.autoreboot_on,
    },
    ...(values.discs.length > 0 && {
      discs: values.discs.map((disc) => ({
        label: disc.label,
        size: mibIn(disc.size),
        storage_grade: gradeOf(disc.storage_grade, grades),
      })),
    }),
    ...(installs && {
      reimage: { distribution: values.distribution, root_password: rootPassword(values) },
    }),
  }
}

function rootPassword(values: CreateValues): string {
  return values.password_from === 'generated' ? values.generated_password : values.root_password
}
