import type { CreateValues } from './form-values.ts'
import { withoutUser } from './exchange/without-user.ts'

/** Takes what stands in the form and names what of it is kept nowhere, as it is secret. */
export function secretsIn(values: CreateValues): string[] {
  const { root_password, firstboot_script, keep_script, cdrom_url } = values
  return [
    ...(root_password === '' ? [] : ['the root password']),
    ...(firstboot_script.trim() === '' || keep_script ? [] : ['the first-boot script']),
    ...(withoutUser(cdrom_url) === cdrom_url ? [] : ['the user and password of the CD']),
  ]
}
