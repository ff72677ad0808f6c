import type { GroupRef } from '../../../lib/links.ts'
import { storedValue } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { hasPrivateKey } from '../../../lib/ssh-keys.ts'
import { currentSession } from '../../../session/session.ts'
import { formValues, newValues, type CreateValues } from './form-values.ts'

/** Unsent values of the form, and when they were saved (ms since 1970). */
export interface Draft {
  at: number
  values: CreateValues
}

const schema = z.object({
  account: z.string(),
  group: z.string(),
  username: z.string(),
  at: z.number(),
  // The root password is never stored, and is ignored if present.
  values: z.omit(formValues, { root_password: true }),
})

/** Text without the user:password of any URL in it. */
export function withoutUser(text: string): string {
  // Removes everything up to the last @ before the path, as a password may contain an @.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, '$1')
}

const draft = storedValue({ key: 'bigv.create-draft', where: 'tab', schema })

/**
 * The form without secrets, which are neither stored nor shared: the root password, the user:password of the CD's URL, a private
 * key pasted by mistake, and the first-boot script, unless `keep_script` is set.
 */
export function withoutSecrets(values: CreateValues): CreateValues {
  return {
    ...values,
    root_password: '',
    cdrom_url: withoutUser(values.cdrom_url),
    ssh_keys: hasPrivateKey(values.ssh_keys) ? '' : values.ssh_keys,
    firstboot_script: values.keep_script ? values.firstboot_script : '',
  }
}

/** Names the form's secrets that the draft leaves out, such as "the root password". */
export function secretsIn({
  root_password,
  firstboot_script,
  keep_script,
  cdrom_url,
}: CreateValues): string[] {
  return [
    ...(root_password === '' ? [] : ['the root password']),
    ...(firstboot_script.trim() === '' || keep_script ? [] : ['the first-boot script']),
    ...(withoutUser(cdrom_url) === cdrom_url ? [] : ['the CD’s user and password']),
  ]
}

/** Stores the form in this tab, for this group and user. A tab has one draft. */
export function saveDraft({ account, group }: GroupRef, values: CreateValues): void {
  const username = currentSession().credentials?.username
  if (username === undefined) return
  draft.write({ account, group, username, at: Date.now(), values: withoutSecrets(values) })
}

/** This user's draft for this group, or null. Validated, as the storage may contain anything. */
export function loadDraft({ account, group }: GroupRef): Draft | null {
  const data = draft.read()
  if (data === undefined) return null
  const own = data.username === currentSession().credentials?.username
  if (!own || data.account !== account || data.group !== group) return null
  return { at: data.at, values: { ...newValues(), ...data.values } }
}

/** Removes the draft once the form was sent or the user starts over. */
export function dropDraft(): void {
  draft.write(undefined)
}
