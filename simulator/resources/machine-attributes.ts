import { anyText, flag, integer, oneOf, orNone, text, that } from '../http/attributes.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { words } from '../rules/words.ts'
import type { Machine } from '../state/records.ts'
import { nameKey, type Store } from '../state/store.ts'
import { definitions } from './definitions.ts'

const isUrl = (value: string): boolean => URL.canParse(value) && /^(?:https?|ftp):\/\/./i.test(value)

/** Returns a reader of names that no other machine of the group has, deleted ones included. [seed] */
export const machineName = (store: Store, groupId: number, own?: Machine) =>
  that(
    text({ pattern: limits.machineName.value }),
    (name) => store.machines.by('name', nameKey(groupId, name)).every((machine) => machine.id === own?.id),
    messages.taken,
  )

/** The attributes of a machine that can be set at any time, but for its name and group. [seed] */
export const machineAttributes = {
  cores: integer(limits.cores.value),
  memory: integer(limits.memory.value),
  power_on: flag,
  autoreboot_on: flag,
  cdrom_url: orNone(that(anyText, isUrl)),
  hardware_profile: oneOf(definitions.hardware_profiles),
  hardware_profile_locked: flag,
  keymap: orNone(oneOf(definitions.keymaps)),
}

/** Those that can be set at creation only. [client][fixture] */
export const creationAttributes = {
  ...machineAttributes,
  zone_name: oneOf([...definitions.zone_names, words.defaultZone.value]),
}
