import type { ReactNode } from 'react'
import { LEVELS } from '../../actions/access.ts'
import type { Privilege } from '../../api/privileges.ts'
import { formatSpan } from '../../lib/times.ts'
import { Tag } from '../../ui/tag.tsx'

interface Props {
  privilege: Privilege
  /** Whose it is, or what it is on. */
  title: ReactNode
  /** Buttons. */
  children?: ReactNode
}

/** One privilege: its level and what that is for, what it wants of who uses it, and who gave it. */
export function PrivilegeItem({ privilege, title, children }: Props) {
  const { level, creating_username, id } = privilege
  return (
    <li className="flex items-start gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 wrap-anywhere">
          <span className="min-w-0 font-semibold">{title}</span>
          <Tag tone="info" className="font-mono">
            {level}
          </Tag>
          <span className="text-xs text-muted">{levelText(level)}</span>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-xs text-muted wrap-anywhere">
          <span>{otpText(privilege)}</span>
          <span>{fromText(privilege)}</span>
          <span>
            {creating_username ? `granted by ${creating_username}, ` : ''}id {id}
          </span>
        </p>
      </div>
      {children && <div className="flex shrink-0">{children}</div>}
    </li>
  )
}

/** BigV's window for a Yubikey's one-time password unless a privilege says otherwise (docs/bigv-api.md#2-authentication). */
const USUAL_OTP_S = 900

/** What a level is for; nothing of one that is not known. */
export function levelText(level: string): string | undefined {
  return Object.entries(LEVELS).find(([name]) => name === level)?.[1]
}

function otpText({ yubikey_required, yubikey_otp_max_age }: Privilege): string {
  if (!yubikey_required) return 'No Yubikey needed'
  const window = formatSpan((yubikey_otp_max_age ?? USUAL_OTP_S) * 1000)
  return `Yubikey needed: each OTP is good for ${window}${yubikey_otp_max_age == null ? ' (the default)' : ''}`
}

function fromText({ ip_restrictions }: Privilege): string {
  return ip_restrictions ? `Only from ${ip_restrictions}` : 'From any address'
}

/** What a privilege is on, by its name where BigV tells it, else by id. */
export function onText(privilege: Privilege): string {
  const { account_id, group_id, virtual_machine_id, account_name, group_name, virtual_machine_name } =
    privilege
  if (virtual_machine_id != null) return `machine ${virtual_machine_name ?? virtual_machine_id}`
  if (group_id != null) return `group ${group_name ?? group_id}`
  return account_id == null ? 'the whole cluster' : `account ${account_name ?? account_id}`
}
