import type { ReactNode } from 'react'
import type { Privilege } from '../../api/privileges.ts'
import { Tag } from '../../ui/tag.tsx'
import { fromText, levelText, otpText } from './privilege-words.ts'

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
