import RefreshCw from 'lucide-react/icons/refresh-cw'
import { RANDOM_PASSWORD_BITS } from '../lib/browser/random-password.ts'
import type { GroupRef } from '../lib/links.ts'
import { forgetNewPassword, newPasswordOf, useNewPasswords } from '../operations/batch/new-passwords.ts'
import { Button } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code.tsx'
import { Notice } from '../ui/notice.tsx'

/** The ways to set a root password, as radio cards. */
export const PASSWORD_SOURCES = [
  { value: 'generated', title: 'Generated', text: `Random, ${RANDOM_PASSWORD_BITS} bits` },
  { value: 'typed', title: 'Your own', text: 'Enter a password' },
  { value: 'none', title: 'None', text: 'SSH keys only' },
] as const

function Password({ password, className = '' }: { password: string; className?: string }) {
  return (
    <CodeBlock
      code={password}
      copyLabel="Copy root password"
      className={`${className} w-fit rounded-lg border border-line`}
    />
  )
}

interface GeneratedProps {
  password: string
  /** A sentence that says until when the password can be copied. */
  note: string
  /** Generates another password. Undefined when it is too late to change the password. */
  onAnother?: () => void
}

export function GeneratedPassword({ password, note, onAnother }: GeneratedProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Password password={password} />
      {onAnother && (
        <Button onClick={onAnother}>
          <RefreshCw size={14} aria-hidden />
          Generate another
        </Button>
      )}
      <p className="basis-full text-xs text-muted">{note}</p>
    </div>
  )
}

/** The generated root password of a new machine, until the user confirms that they have copied it. */
export function NewPassword({ group, name }: { group: GroupRef; name: string }) {
  const password = newPasswordOf(useNewPasswords(), group, name)
  if (password === null) return null
  return (
    <Notice
      tone="warn"
      role="status"
      title={`Root password of ${name}`}
      className="my-3"
      actions={<Button onClick={() => forgetNewPassword(group, name)}>I’ve copied it</Button>}
    >
      <Password password={password} className="my-1.5" />
      <p className="text-xs text-muted">
        Copy it now. It isn’t stored, and can’t be shown again after you close or reload this page.
      </p>
    </Notice>
  )
}
