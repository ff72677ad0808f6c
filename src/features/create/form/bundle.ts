import type { CreateBundle } from '../../../actions/lifecycle.ts'
import { sshKeysIn } from '../../../lib/ssh-keys.ts'
import { mibIn, numberIn } from '../../../lib/units.ts'
import { withoutSecrets } from './draft.ts'
import { gradeOf, type CreateValues } from './form-values.ts'

/** The values that differ between the machines of one form. */
interface PerMachine {
  name: string
  /** Sent if `password_from` is "generated". */
  password: string
}

/**
 * The vm_create body for one machine of the form. `grades` are the storage grades that BigV offers. Both power flags are always
 * sent, as sources contradict each other on their defaults (docs/bigv-api.md#creation). Invalid numbers become NaN: preview such
 * a bundle, but don't send it.
 */
export function bundleFromForm(
  values: CreateValues,
  grades: readonly string[],
  machine: PerMachine,
): CreateBundle {
  const filled = {
    hardware_profile: values.hardware_profile,
    zone_name: values.zone_name,
    keymap: values.keymap,
    cdrom_url: values.cdrom_url.trim(),
  }
  const ips = withoutEmpty({ ipv4: values.ipv4.trim(), ipv6: values.ipv6.trim() })
  return {
    virtual_machine: {
      name: machine.name,
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
    ...(values.system === 'distribution' && { reimage: imageOf(values, machine.password) }),
    ...(Object.keys(ips).length > 0 && { ips }),
  }
}

/**
 * The bundle to export: its name is the pattern, and it has no secrets (withoutSecrets). `withScript` includes the first-boot
 * script, which often contains secrets.
 */
export function exportableBundle(
  values: CreateValues,
  grades: readonly string[],
  withScript: boolean,
): CreateBundle {
  const shared = withoutSecrets({ ...values, keep_script: withScript })
  return bundleFromForm(shared, grades, { name: values.name, password: '' })
}

/** A bundle as the text of a JSON file. */
export function bundleText(bundle: CreateBundle): string {
  return `${JSON.stringify(bundle, null, 2)}\n`
}

function imageOf(values: CreateValues, generated: string): NonNullable<CreateBundle['reimage']> {
  const passwords = { generated, typed: values.root_password, none: '' }
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
