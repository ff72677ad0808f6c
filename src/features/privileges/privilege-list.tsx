import { useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash'
import { useState, type ReactNode } from 'react'
import {
  changePrivilege,
  isBelow,
  levelOver,
  revokePrivilege,
  usernameOf,
  type Place,
} from '../../actions/access.ts'
import { otpAgeMs, privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { isNotFound } from '../../api/query-client.ts'
import { ResourceDialog } from '../../components/form-dialog.tsx'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { compareNatural } from '../../lib/names.ts'
import { formatSpan } from '../../lib/times.ts'
import { useResourceDisabledReason } from '../../operations/disabled-reason.ts'
import { readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { bindResourceAction } from '../../operations/resource-action.ts'
import { useResourceAction } from '../../operations/use-action.ts'
import { useSession } from '../../session/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { levelText, PrivilegeForm, refreshPrivileges } from './privilege-form.tsx'

type OpenDialog = { to: 'grant' } | { to: 'change' | 'revoke'; privilege: Privilege }

/** Lists all users' privileges on an account, a group or a machine itself, and grants, changes and revokes them. */
export function PrivilegeList({ place }: { place: Place }) {
  const username = useSession().credentials?.username ?? ''
  const list = useQuery({ ...privilegeQueries.on(place.at), refetchOnMount: 'always' })
  const own = useQuery(privilegeQueries.ofUser(username))
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const readOnly = readOnlyReason(useReadOnly())
  const disabledReasonOf = useResourceDisabledReason()
  const level = own.data && place.scope ? levelOver(own.data, place.scope) : null
  const unknown = place.scope === null ? `The id of ${place.name} hasn’t loaded yet.` : null
  const close = () => setDialog(null)
  // BigV only allows changes below the user's own level (docs/bigv-api.md#10-users-and-privileges).
  const tooHigh = (privilege: Privilege) =>
    level !== null && !isBelow(privilege.level, level)
      ? `You’re ${level} here, so you can only change privileges below that level.`
      : null
  // An open dialog shows the privilege as it is now.
  const opened = dialog && dialog.to !== 'grant' ? dialog.privilege : null
  const privilege = list.data?.find(({ id }) => id === opened?.id) ?? opened
  const sorted = list.data?.toSorted((a, b) => compareNatural(a.username ?? '', b.username ?? ''))

  return (
    <>
      <Card
        title="Privileges"
        actions={
          <Button
            size="small"
            disabledReason={readOnly ?? unknown}
            onClick={() => setDialog({ to: 'grant' })}
          >
            Grant privilege
          </Button>
        }
        padded={list.isPending || list.isError}
      >
        {list.isPending && <Loading>Loading the privileges…</Loading>}
        {list.isError && isNotFound(list.error) && (
          <p className="text-muted">This BigV doesn’t list privileges, or you don’t have access to them.</p>
        )}
        {list.isError && !isNotFound(list.error) && <LoadFailure what="the privileges" query={list} />}
        {sorted?.length === 0 && (
          <EmptyState icon={<KeyRound size={32} />} title={`No privileges on ${place.name} itself`} />
        )}
        {sorted && sorted.length > 0 && (
          <ul aria-label={`Privileges on ${place.name}`} className="divide-y divide-line">
            {sorted.map((privilege) => {
              const holder = usernameOf(privilege)
              const privilegeName = `${privilege.level} of ${holder}`
              const disabledReason = readOnly ?? unknown ?? tooHigh(privilege)
              const target = revokePrivilege.target({ place, privilege })
              return (
                <PrivilegeItem
                  key={privilege.id}
                  privilege={privilege}
                  title={
                    <>
                      <span translate="no">{holder}</span> {holder === username && <Tag>you</Tag>}
                    </>
                  }
                >
                  <IconButton
                    size="small"
                    label={`Change ${privilegeName}`}
                    icon={Pencil}
                    disabledReason={disabledReason ?? disabledReasonOf(changePrivilege, target)}
                    onClick={() => setDialog({ to: 'change', privilege })}
                  />
                  <IconButton
                    size="small"
                    label={`Revoke ${privilegeName}`}
                    icon={Trash2}
                    disabledReason={disabledReason ?? disabledReasonOf(revokePrivilege, target)}
                    onClick={() => setDialog({ to: 'revoke', privilege })}
                  />
                </PrivilegeItem>
              )
            })}
          </ul>
        )}
      </Card>
      {dialog && dialog.to !== 'revoke' && place.scope && (
        <PrivilegeForm place={place} scope={place.scope} own={level} privilege={privilege} onClose={close} />
      )}
      {dialog?.to === 'revoke' && privilege && (
        <RevokePrivilege place={place} privilege={privilege} onClose={close} />
      )}
    </>
  )
}

interface RevokeProps {
  place: Place
  privilege: Privilege
  onClose: () => void
}

export function RevokePrivilege({ place, privilege, onClose }: RevokeProps) {
  const revoke = useResourceAction(
    bindResourceAction(revokePrivilege, { place, privilege }),
    refreshPrivileges,
  )
  const self = useSession().credentials?.username
  const holder = usernameOf(privilege)

  return (
    <ResourceDialog
      title={`Revoke ${privilege.level} of ${holder}?`}
      description={`${holder} loses this privilege on ${place.name} at once. Inherited privileges don’t change.`}
      label="Revoke"
      danger
      change={revoke}
      onClose={onClose}
    >
      <ul className="rounded-lg border border-line">
        <PrivilegeItem privilege={privilege} title={<span translate="no">{holder}</span>} />
      </ul>
      {privilege.username === self && (
        <Notice tone="warn" title="This is your own privilege">
          You may not be able to get this privilege back, or to see {place.name} again.
        </Notice>
      )}
    </ResourceDialog>
  )
}

interface Props {
  privilege: Privilege
  /** The user who has the privilege, or the account, group or machine it is on. */
  title: ReactNode
  children?: ReactNode
}

/** One privilege: its level with a description, its conditions, and the user who granted it. */
export function PrivilegeItem({ privilege, title, children }: Props) {
  const { level, creating_username, ip_restrictions, id } = privilege
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
          <span>{ip_restrictions ? `Only from ${ip_restrictions}` : 'From any address'}</span>
          <span>
            {creating_username ? `granted by ${creating_username}, ` : ''}id {id}
          </span>
        </p>
      </div>
      {children && <div className="flex shrink-0">{children}</div>}
    </li>
  )
}

function otpText(privilege: Privilege): string {
  if (!privilege.yubikey_required) return 'No Yubikey required'
  const isDefault = privilege.yubikey_otp_max_age == null
  return `Yubikey required: each OTP is valid for ${formatSpan(otpAgeMs(privilege))}${isDefault ? ' (default)' : ''}`
}

/** The name of the account, group or machine that the privilege is on, or its id if BigV sends no name. */
export function onText(privilege: Privilege): string {
  const { account_id, group_id, virtual_machine_id, account_name, group_name, virtual_machine_name } =
    privilege
  if (virtual_machine_id != null) return `machine ${virtual_machine_name ?? virtual_machine_id}`
  if (group_id != null) return `group ${group_name ?? group_id}`
  return account_id == null ? 'the whole cluster' : `account ${account_name ?? account_id}`
}
