import { links, type GroupRef } from '../../../lib/links.ts'
import { hasPrivateKey, sshKeysIn } from '../../../lib/ssh-keys.ts'
import type { CreateBundle } from '../../../actions/create.ts'
import { bundleFromForm } from '../bundle-from-form.ts'
import type { CreateValues } from '../form-values.ts'
import { withoutUser } from './without-user.ts'

/**
 * Takes what stands in the form, the storage grades that BigV has, and whether the first-boot script goes along, and returns
 * the bundle to keep or pass on: as vm_create takes it, with the pattern for a name, and without secrets: no root password, no
 * user:password in cdrom_url, no private key that was pasted by mistake, and the script only where it is asked for.
 */
export function givenBundle(
  values: CreateValues,
  grades: readonly string[],
  withScript: boolean,
): CreateBundle {
  const ssh_keys = hasPrivateKey(values.ssh_keys) ? '' : values.ssh_keys
  const bundle = bundleFromForm({ ...values, ssh_keys }, grades, { name: values.name, password: '' })
  const { cdrom_url } = bundle.virtual_machine
  const { root_password: _, firstboot_script, ...image } = bundle.reimage ?? { distribution: '' }
  return {
    ...bundle,
    virtual_machine: {
      ...bundle.virtual_machine,
      ...(cdrom_url !== undefined && { cdrom_url: withoutUser(cdrom_url) }),
    },
    ...(bundle.reimage !== undefined && {
      reimage: {
        ...image,
        ...(withScript && firstboot_script !== undefined && { firstboot_script }),
      },
    }),
  }
}

/** Takes a bundle without secrets and returns its JSON, as it goes into a file. */
export function bundleText(bundle: CreateBundle): string {
  return `${JSON.stringify(bundle, null, 2)}\n`
}

/** Takes a group and a bundle as givenBundle made it, without a script, and returns the path of the wizard filled in with it. */
export function linkTo(group: GroupRef, bundle: CreateBundle): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(bundle.virtual_machine)) params.append(name, String(value))
  const { discs = [], reimage, ips = {} } = bundle
  if (discs.length === 0) params.append('disc', 'none')
  // The label last: it may have colons.
  for (const { label, size, storage_grade } of discs)
    params.append('disc', `${size}:${storage_grade}:${label}`)
  params.append('distribution', reimage?.distribution ?? 'none')
  for (const key of sshKeysIn(reimage?.ssh_public_key ?? '')) params.append('ssh_public_key', key)
  for (const [family, address] of Object.entries(ips)) params.append(family, address)
  return `${links.create(group)}?${params.toString()}`
}
