import { z } from '../../api/schema.ts'
import type { GroupRef } from '../../lib/links.ts'
import { hasPrivateKey } from '../../lib/ssh-keys.ts'
import { storedValue } from '../../lib/persisted.ts'
import { currentSession } from '../../session/session.ts'
import { withoutUser } from './exchange/without-user.ts'
import { MOST_DISCS, newValues, type CreateValues } from './form-values.ts'

/** What was typed and not sent, as this tab keeps it, and when. */
export interface Draft {
  at: number
  values: CreateValues
}

const MOST_CHARACTERS = 100_000

const text = z.string().check(z.maxLength(MOST_CHARACTERS))
const disc = z.object({ label: text, size: text, storage_grade: text })
// Without root_password: what is not named here is not kept.
const schema = z.object({
  account: text,
  group: text,
  username: text,
  at: z.number(),
  values: z.object({
    name: text,
    preset: text,
    cores: text,
    memory: text,
    hardware_profile: text,
    hardware_profile_locked: z.boolean(),
    zone_name: text,
    keymap: text,
    ipv4: text,
    ipv6: text,
    power_on: z.boolean(),
    autoreboot_on: z.boolean(),
    discs: z.array(disc).check(z.maxLength(MOST_DISCS)),
    system: z.enum(['distribution', 'none']),
    distribution: text,
    password_from: z.enum(['generated', 'typed', 'none']),
    ssh_keys: text,
    firstboot_script: text,
    keep_script: z.boolean(),
    cdrom_url: text,
  }),
})

const draft = storedValue({ key: 'bigv.create-draft', where: 'tab', schema })

/**
 * Takes what stands in the form and returns what of it may be kept: no password, no user:password in cdrom_url, no private key
 * that was pasted by mistake, and the first-boot script only where the user has said so.
 */
export function keepable(values: CreateValues): Omit<CreateValues, 'root_password'> {
  const { root_password: _, ...others } = values
  return {
    ...others,
    cdrom_url: withoutUser(values.cdrom_url),
    ssh_keys: hasPrivateKey(values.ssh_keys) ? '' : values.ssh_keys,
    firstboot_script: values.keep_script ? values.firstboot_script : '',
  }
}

/** Keeps what stands in the form, in this tab, for this group and this user. There is one draft a tab. */
export function keepDraft({ account, group }: GroupRef, values: CreateValues): void {
  const username = currentSession().credentials?.username
  if (username === undefined) return
  draft.write({ account, group, username, at: Date.now(), values: keepable(values) })
}

/** The draft of this group and this user, or null. What is there is checked: anybody could have written it. */
export function keptDraft({ account, group }: GroupRef): Draft | null {
  const data = draft.read()
  if (data === undefined) return null
  const own = data.username === currentSession().credentials?.username
  if (!own || data.account !== account || data.group !== group) return null
  return { at: data.at, values: { ...newValues(), ...data.values } }
}

/** Forgets the draft: it was sent, or the user has said so. */
export function dropDraft(): void {
  draft.write(undefined)
}
