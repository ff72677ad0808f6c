import { useQueries, useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash'
import { useState } from 'react'
import { Link } from 'react-router'
import {
  changePrivilege,
  highestOver,
  levelHint,
  revokePrivilege,
  usernameOf,
  type Place,
} from '../../actions/access.ts'
import { ApiError, messageOf } from '../../api/errors.ts'
import { privilegeQueries, type Privilege, type PrivilegePlace } from '../../api/privileges.ts'
import { isNotFound } from '../../api/query-client.ts'
import { ResourceDialog } from '../../components/form-dialog.tsx'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { compareNatural } from '../../lib/names.ts'
import { useResourceDisabledReason } from '../../operations/disabled-reason.ts'
import { bindResourceAction } from '../../operations/resource-action.ts'
import { useResourceAction } from '../../operations/use-action.ts'
import { readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { useSession } from '../../session/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PrivilegeForm, refreshPrivileges } from './privilege-form.tsx'
import {
  PrivilegeLines,
  PrivilegeTable,
  PrivilegeTableSkeleton,
  type PrivilegeRow,
} from './privilege-table.tsx'

type OpenDialog = { to: 'grant' } | { to: 'change' | 'revoke'; privilege: Privilege }

/** An account or group whose privileges also apply to the groups or machines in it. */
export interface Parent {
  name: string
  at: PrivilegePlace
  /** Its page of access. */
  to: string
}

/**
 * Lists all users' privileges on an account, a group or a machine, with those that it inherits, and grants, changes and revokes its own.
 */
export function PrivilegeList({ place, parents }: { place: Place; parents: readonly Parent[] }) {
  const username = useSession().credentials?.username ?? ''
  const list = useQuery({ ...privilegeQueries.on(place.at), refetchOnMount: 'always' })
  const inherited = useQueries({ queries: parents.map(({ at }) => privilegeQueries.on(at)) })
  const own = useQuery(privilegeQueries.ofUser(username))
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const readOnly = readOnlyReason(useReadOnly())
  const disabledReasonOf = useResourceDisabledReason()
  const listed = own.data && place.scope ? highestOver(own.data, place.scope) : null
  const unknown = place.scope === null ? `The id of ${place.name} hasn’t loaded yet.` : null
  const close = () => setDialog(null)
  // An open dialog shows the privilege as it is now.
  const opened = dialog && dialog.to !== 'grant' ? dialog.privilege : null
  const privilege = list.data?.find(({ id }) => id === opened?.id) ?? opened
  const titled = (holder: string) => (
    <>
      <span translate="no">{holder}</span> {holder === username && <Tag>you</Tag>}
    </>
  )
  const rows: PrivilegeRow[] = byUser(list.data).map((privilege) => {
    const holder = usernameOf(privilege)
    const privilegeName = `${privilege.level} of ${holder}`
    const disabledReason = readOnly ?? unknown
    const target = revokePrivilege.target({ place, privilege })
    return {
      privilege,
      title: titled(holder),
      actions: (
        <>
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
        </>
      ),
    }
  })
  const inheritedRows = parents.flatMap((parent, at) =>
    byUser(inherited[at]?.data).map((privilege): PrivilegeRow => ({
      privilege,
      title: titled(usernameOf(privilege)),
      from: parent,
    })),
  )

  return (
    <>
      <Card
        title="Privileges"
        className="@container"
        actions={
          <Button
            size="small"
            disabledReason={readOnly ?? unknown}
            onClick={() => setDialog({ to: 'grant' })}
          >
            Grant privilege
          </Button>
        }
        padded={list.isError}
      >
        {list.isPending && <PrivilegeTableSkeleton what="the privileges" />}
        {list.isError && isNotFound(list.error) && (
          <p className="text-muted">This BigV doesn’t list privileges, or you don’t have access to them.</p>
        )}
        {list.isError && !isNotFound(list.error) && <LoadFailure what="the privileges" query={list} />}
        {list.data && rows.length === 0 && inheritedRows.length === 0 && (
          <EmptyState icon={<KeyRound size={32} />} title={`No privileges on ${place.name} itself`} />
        )}
        {list.data && rows.length === 0 && inheritedRows.length > 0 && (
          <p className="border-b border-line px-3.5 py-2 text-muted">No privileges on {place.name} itself</p>
        )}
        {list.data && rows.length + inheritedRows.length > 0 && (
          <PrivilegeTable
            label={`Privileges on ${place.name}`}
            of="User"
            rows={[...rows, ...inheritedRows]}
          />
        )}
      </Card>
      {parents.map((parent, at) => {
        const error = inherited[at]?.error
        return error && <NotInherited key={parent.to} parent={parent} error={error} />
      })}
      {dialog && dialog.to !== 'revoke' && place.scope && (
        <PrivilegeForm place={place} scope={place.scope} own={listed} privilege={privilege} onClose={close} />
      )}
      {dialog?.to === 'revoke' && privilege && (
        <RevokePrivilege place={place} own={listed} privilege={privilege} onClose={close} />
      )}
    </>
  )
}

function byUser(privileges: readonly Privilege[] | undefined): Privilege[] {
  return (privileges ?? []).toSorted((a, b) => compareNatural(a.username ?? '', b.username ?? ''))
}

/** Says that the privileges of a parent aren't in the table. */
function NotInherited({ parent: { name, to }, error }: { parent: Parent; error: Error }) {
  const hidden = error instanceof ApiError && (error.status === 403 || error.status === 404)
  return (
    <p className="mt-2.5 text-muted wrap-anywhere">
      {hidden ? 'You don’t have access to the list of ' : 'Couldn’t load the '}
      <Link to={to} className="underline">
        privileges on {name}
      </Link>
      , which also apply here{hidden ? '.' : `: ${messageOf(error)}`}
    </p>
  )
}

interface RevokeProps {
  place: Place
  /** The user's own highest privilege here, or null if none is listed. */
  own: Privilege | null
  privilege: Privilege
  onClose: () => void
}

export function RevokePrivilege({ place, own, privilege, onClose }: RevokeProps) {
  const revoke = useResourceAction(
    bindResourceAction(revokePrivilege, { place, privilege }),
    refreshPrivileges,
  )
  const self = useSession().credentials?.username
  const holder = usernameOf(privilege)
  const hint = levelHint(own, privilege.level)

  return (
    <ResourceDialog
      title={`Revoke ${privilege.level} of ${holder}?`}
      description={`${holder} loses this privilege on ${place.name} at once. Inherited privileges don’t change.`}
      label="Revoke"
      danger
      change={revoke}
      onClose={onClose}
    >
      <PrivilegeLines privilege={privilege} />
      {hint && <Notice tone="warn">{hint}</Notice>}
      {privilege.username === self && (
        <Notice tone="warn" title="This is your own privilege">
          You may not be able to get this privilege back, or to see {place.name} again.
        </Notice>
      )}
    </ResourceDialog>
  )
}

/** The name of the account, group or machine that the privilege is on, or its id if BigV sends no name. */
export function onText(privilege: Privilege): string {
  const { account_id, group_id, virtual_machine_id, account_name, group_name, virtual_machine_name } =
    privilege
  if (virtual_machine_id != null) return `machine ${virtual_machine_name ?? virtual_machine_id}`
  if (group_id != null) return `group ${group_name ?? group_id}`
  return account_id == null ? 'the whole cluster' : `account ${account_name ?? account_id}`
}
