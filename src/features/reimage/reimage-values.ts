import { sshKeysIn, sshKeysProblem } from '../../lib/ssh-keys.ts'
import type { ImageInstall } from '../../actions/lifecycle.ts'

/** What the dialog holds while it is open, secrets included; nothing of it is kept elsewhere. */
export interface ReimageValues {
  distribution: string
  password_from: 'generated' | 'typed' | 'none'
  generated: string
  typed: string
  keys: string
  script: string
}

/** Takes what is filled in and returns what BigV is to install; what is empty is left out. */
export function imageOf({ distribution, keys, script, ...values }: ReimageValues): ImageInstall {
  const lines = sshKeysIn(keys)
  const password = passwordOf(values)
  return {
    distribution,
    ...(password !== null && { root_password: password }),
    ...(lines.length > 0 && { ssh_public_key: lines.join('\n') }),
    ...(script.trim() !== '' && { firstboot_script: script }),
  }
}

/** Takes what is filled in and returns what is wrong or missing, by BigV's attribute. */
export function reimageProblems(values: ReimageValues): Record<keyof Required<ImageInstall>, string | null> {
  const { distribution, password_from, typed, keys, script } = values
  const unreachable = password_from === 'none' && sshKeysIn(keys).length === 0
  return {
    distribution: distribution === '' ? 'Choose a distribution.' : null,
    root_password: password_from === 'typed' && typed === '' ? 'Type a root password.' : null,
    ssh_public_key:
      sshKeysProblem(keys) ?? (unreachable ? 'Without a root password it needs an SSH key.' : null),
    firstboot_script:
      script.trim() === '' || script.startsWith('#!')
        ? null
        : 'It has to begin with #! and the program that runs it, such as #!/bin/sh.',
  }
}

function passwordOf(values: Pick<ReimageValues, 'password_from' | 'generated' | 'typed'>): string | null {
  if (values.password_from === 'none') return null
  return values.password_from === 'generated' ? values.generated : values.typed
}
