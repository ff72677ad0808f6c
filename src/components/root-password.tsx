import type { GroupRef } from '../lib/links.ts'
import { forgetNewPassword, newPasswordOf, useNewPasswords } from '../operations/new-passwords.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Notice } from '../ui/notice.tsx'

interface Props {
  group: GroupRef
  name: string
}

/** The root password that was made up for a new machine, until the user says that he has it. */
export function NewPassword({ group, name }: Props) {
  const password = newPasswordOf(useNewPasswords(), group, name)
  if (password === null) return null
  return (
    <Notice
      tone="warn"
      role="status"
      title={`The root password of ${name}`}
      className="my-3"
      actions={<Button onClick={() => forgetNewPassword(group, name)}>I have it</Button>}
    >
      <CodeBlock
        code={password}
        copyLabel="Copy root password"
        className="my-1.5 w-fit rounded-lg border border-line"
      />
      <p className="text-xs text-muted">
        Copy it now: it is kept nowhere, and cannot be shown again after this page was closed or reloaded.
      </p>
    </Notice>
  )
}
