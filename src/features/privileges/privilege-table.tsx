import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { otpAgeMs, type Privilege } from '../../api/privileges.ts'
import { formatSpan } from '../../lib/times.ts'
import { DefinitionList, Item } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { levelText } from './privilege-form.tsx'

export interface PrivilegeRow {
  privilege: Privilege
  /** The user who has the privilege, or the account, group or machine it is on. */
  title: ReactNode
  /** The account or group that an inherited privilege is on, and its page of access. */
  from?: { name: string; to: string }
  /** Buttons. */
  actions?: ReactNode
}

interface Props {
  label: string
  /** What the rows' titles are. */
  of: 'User' | 'On'
  rows: readonly PrivilegeRow[]
}

// On a narrow page, each row is a few lines of text, with the buttons at the right.
const ROW =
  'relative flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3.5 py-2 @3xl:grid @3xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1.7fr)_minmax(0,0.9fr)_minmax(0,1.3fr)_minmax(0,0.9fr)_4rem] @3xl:items-center'
const HEADS = ['Level', 'OTP', 'From', 'Granted by'] as const
const SMALL = 'min-w-0 wrap-anywhere @max-3xl:text-xs @max-3xl:text-muted'

/** Privileges with their level, their conditions, and who granted them. */
export function PrivilegeTable({ label, of, rows }: Props) {
  return (
    <div role="table" aria-label={label} className="divide-y divide-line">
      <div role="row" className={`${ROW} bg-raised text-xs font-medium text-muted @max-3xl:sr-only`}>
        {[of, ...HEADS].map((head) => (
          <span key={head} role="columnheader">
            {head}
          </span>
        ))}
        <span role="columnheader">
          <span className="sr-only">Actions</span>
        </span>
      </div>
      {rows.map((row) => (
        <Row key={row.privilege.id} {...row} />
      ))}
    </div>
  )
}

function Row({ privilege, title, from, actions }: PrivilegeRow) {
  const { level, creating_username, ip_restrictions, id } = privilege
  return (
    <div role="row" className={`${ROW} ${actions ? '@max-3xl:pr-22' : ''}`}>
      <span role="rowheader" className="min-w-0 font-semibold wrap-anywhere">
        {title}{' '}
        {from && (
          <Link to={from.to} className="inline-flex min-h-6 items-center font-normal">
            <Tag tone="info" className="hover:underline">
              from {from.name}
            </Tag>
          </Link>
        )}
      </span>
      <span role="cell" className="min-w-0 basis-full wrap-anywhere">
        <Tag className="font-mono">{level}</Tag>{' '}
        <span className="text-xs text-muted @3xl:block">{levelText(level)}</span>
      </span>
      <span role="cell" className={SMALL}>
        {otpText(privilege)}
      </span>
      <span role="cell" className={SMALL}>
        {ip_restrictions ? (
          <>
            <span className="@3xl:sr-only">Only from </span>
            <span className="font-mono text-xs">{ip_restrictions}</span>
          </>
        ) : (
          'Any address'
        )}
      </span>
      <span role="cell" className={SMALL}>
        {creating_username && <span className="@3xl:sr-only">Granted by </span>}
        {creating_username ? <span translate="no">{creating_username}</span> : <span>unknown</span>}
        <span className="text-xs text-muted @3xl:block">
          {creating_username && ' '}id {id}
        </span>
      </span>
      <span role="cell" className="flex justify-end @max-3xl:absolute @max-3xl:top-1.5 @max-3xl:right-1.5">
        {actions}
      </span>
    </div>
  )
}

function otpText(privilege: Privilege): string {
  const { yubikey_required, yubikey_otp_max_age } = privilege
  if (!yubikey_required) return 'No OTP'
  return `OTP valid for ${formatSpan(otpAgeMs(privilege))}${yubikey_otp_max_age == null ? ' (default)' : ''}`
}

/** One privilege, a line for each condition, for a dialog that is too narrow for the table. */
export function PrivilegeLines({ privilege }: { privilege: Privilege }) {
  const { level, creating_username, ip_restrictions, id } = privilege
  return (
    <DefinitionList className="rounded-lg border border-line">
      <Item term="Level">
        <Tag className="font-mono">{level}</Tag>{' '}
        <span className="text-xs text-muted">{levelText(level)}</span>
      </Item>
      <Item term="OTP">{otpText(privilege)}</Item>
      <Item term="From">
        {ip_restrictions ? <span className="font-mono text-xs">{ip_restrictions}</span> : 'Any address'}
      </Item>
      <Item term="Granted by">
        {creating_username ? <span translate="no">{creating_username}</span> : <span>unknown</span>}{' '}
        <span className="text-xs text-muted">id {id}</span>
      </Item>
    </DefinitionList>
  )
}

/** The table's place while the privileges are being loaded. */
export function PrivilegeTableSkeleton({ what }: { what: string }) {
  return (
    <>
      <p role="status" className="sr-only">
        Loading {what}…
      </p>
      <div aria-hidden className="divide-y divide-line">
        {[1, 2, 3].map((row) => (
          <div key={row} className={`${ROW} h-13`}>
            <Skeleton className="w-20" />
            <Skeleton className="w-28" />
            <Skeleton className="w-14" />
            <Skeleton className="w-24" />
            <Skeleton className="w-14" />
          </div>
        ))}
      </div>
    </>
  )
}
