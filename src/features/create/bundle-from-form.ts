import { sshKeysIn } from '../../lib/ssh-keys.ts'
import type { CreateBundle } from '../../actions/create.ts'
import { mibIn, numberIn } from '../../lib/units.ts'
import { gradeOf, type CreateValues } from './form-values.ts'

/** What is one machine's own among those that a form makes. */
export interface Own {
  name: string
  /** What counts where the form says "generated". */
  password: string
}

/**
 * Takes what stands in the form, the storage grades that BigV has and what is the machine's own, and returns what vm_create
 * takes. Both power flags are always said, as what BigV does without them is not documented alike everywhere (API
 * reference, "Creation"). What cannot be read as a number is NaN: show such a bundle, do not send it.
 */
export function bundleFromForm(values: CreateValues, grades: readonly string[], own: Own): CreateBundle {
  const filled = {
    hardware_profile: values.hardware_profile,
    zone_name: values.zone_name,
    keymap: values.keymap,
    cdrom_url: values.cdrom_url.trim(),
  }
  const ips = withoutEmpty({ ipv4: values.ipv4.trim(), ipv6: values.ipv6.trim() })
  return {
    virtual_machine: {
      name: own.name,
      cores: numberIn(values.cores),
      memory: mibIn(values.memory),
      ...withoutEmpty(filled),
      ...(values.hardware_profile_locked && { hardware_profile_locked: true }),
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
    ...(values.system === 'distribution' && { reimage: imageOf(values, own) }),
    ...(Object.keys(ips).length > 0 && { ips }),
  }
}

function imageOf(values: CreateValues, { password }: Own): NonNullable<CreateBundle['reimage']> {
  const passwords = { generated: password, typed: values.root_password, none: '' }
  return {
    distribution: values.distribution,
    ...withoutEmpty({
      root_password: passwords[values.password_from],
      ssh_public_key: sshKeysIn(values.ssh_keys).join('\n'),
      firstboot_script: values.firstboot_script.trim() === '' ? '' : values.firstboot_script,
    }),
  }
}

function withoutEmpty<K extends string>(texts: Record<K, string>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as Partial<
    Record<K, string>
  >
}
