import { anyText, oneOf, readAttributes, type Body } from '../http/attributes.ts'
import { messages } from '../rules/messages.ts'
import { words } from '../rules/words.ts'
import type { Image } from '../state/records.ts'
import { definitions } from './definitions.ts'

const imageAttributes = {
  distribution: oneOf([...definitions.distributions, words.noSystem.value]),
  root_password: anyText,
  ssh_public_key: anyText,
  firstboot_script: anyText,
}

/**
 * Reads what is to be installed. The root password may be left out only with an SSH key or for no system [choice]; the
 * official client sends "" for a key and a script that are not used [client].
 */
export const readImage = (body: Body): { image: Image | null; errors: Record<string, string[]> } => {
  const { values, errors } = readAttributes(body, imageAttributes, ['distribution'])
  const { distribution = '', root_password = '', ssh_public_key = '', firstboot_script = '' } = values
  const canLogIn = root_password !== '' || ssh_public_key !== '' || distribution === words.noSystem.value
  if (!canLogIn && !errors['root_password']) errors['root_password'] = [messages.blank]
  if (Object.keys(errors).length > 0) return { image: null, errors }
  return { image: { distribution, root_password, ssh_public_key, firstboot_script }, errors }
}

/** Returns what was asked for, as answers repeat it: the known attributes alone. [official] */
export const shownImage = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name in imageAttributes))
