import { useQuery } from '@tanstack/react-query'
import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  changePrivilege,
  isBelow,
  levelOver,
  revokePrivilege,
  usernameOf,
  type Place,
} from '../../actions/access.ts'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { isNotFound } from '../../api/query-client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { compareNatural } from '../../lib/names.ts'
import { useThingDisabledReason } from '../../operations/disabled-reason.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import { useReadOnly } from '../../operations/use-operations.ts'
import { bindThing } from '../../operations/thing.ts'
import { useThing } from '../../operations/use-action.ts'
import { useSession } from '../../session/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PrivilegeForm, refreshPrivileges } from './privilege-form.tsx'
import { PrivilegeItem } from './privilege-item.tsx'

type Asked = { to: 'grant' } | { to: 'change' | 'revoke'; privilege: Privilege }

/** The privileges on an account, a group or a machine itself, whoever has them; giving more, and taking them away. */
export function PrivilegeList({ place }: { place: Place }) {
  const username = useSession().credentials?.username ?? ''
  const list = useQuery({ ...privilegeQueries.on(place.at), refetchOnMount: 'always' })
  const own = useQuery(privilegeQueries.ofUser(username))
  const [asked, setAsked] = useState<Asked | null>(null)
  const readOnly = readOnlyReason(useReadOnly())
  const disabledReasonOf = useThingDisabledReason()
  const level = own.data && place.scope ? levelOver(own.data, place.scope) : null
  const unknown = place.scope === null ? 'What BigV calls it has to be read first.' : null
  const close = () => setAsked(null)
  // Only one of a level below one's own can be changed (docs/bigv-api.md#10-users-and-privileges).
  const tooHigh = (privilege: Privilege) =>
    level !== null && !isBelow(privilege.level, level)
      ? `You are ${level} here, and can change levels below that only.`
      : null
  const sorted = list.data?.toSorted((a, b) => compareNatural(a.username ?? '', b.username ?? ''))

  return (
    <>
      <Card
        title="Privileges"
        actions={
          <Button size="small" disabledReason={readOnly ?? unknown} onClick={() => setAsked({ to: 'grant' })}>
            Grant privilege
          </Button>
        }
        padded={list.isPending || list.isError}
      >
        {list.isPending && (
          <p role="status" className="flex items-center gap-2 text-muted">
            <Spinner /> The privileges are being read…
          </p>
        )}
        {list.isError && isNotFound(list.error) && (
          <p className="text-muted">This BigV does not tell who has privileges here, or not to you.</p>
        )}
        {list.isError && !isNotFound(list.error) && (
          <LoadFailure what="The privileges" error={list.error} onRetry={() => void list.refetch()} />
        )}
        {sorted?.length === 0 && (
          <EmptyState icon={<KeyRound size={32} />} title={`None on ${place.name} itself`} />
        )}
        {sorted && sorted.length > 0 && (
          <ul aria-label={`Privileges on ${place.name}`} className="divide-y divide-line">
            {sorted.map((privilege) => {
              const whose = usernameOf(privilege)
              const what = `${privilege.level} of ${whose}`
              const disabledReason = readOnly ?? unknown ?? tooHigh(privilege)
              const target = revokePrivilege.target({ place, privilege })
              return (
                <PrivilegeItem
                  key={privilege.id}
                  privilege={privilege}
                  title={
                    <>
                      {whose} {whose === username && <Tag>you</Tag>}
                    </>
                  }
                >
                  <IconButton
                    size="small"
                    label={`Change ${what}`}
                    disabledReason={disabledReason ?? disabledReasonOf(changePrivilege, target)}
                    onClick={() => setAsked({ to: 'change', privilege })}
                  >
                    <Pencil size={15} aria-hidden />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={`Revoke ${what}`}
                    disabledReason={disabledReason ?? disabledReasonOf(revokePrivilege, target)}
                    onClick={() => setAsked({ to: 'revoke', privilege })}
                  >
                    <Trash2 size={15} aria-hidden />
                  </IconButton>
                </PrivilegeItem>
              )
            })}
          </ul>
        )}
      </Card>
      {asked && asked.to !== 'revoke' && place.scope && (
        <PrivilegeForm
          place={place}
          scope={place.scope}
          own={level}
          privilege={asked.to === 'change' ? asked.privilege : null}
          onClose={close}
        />
      )}
      {asked?.to === 'revoke' && (
        <RevokePrivilege place={place} privilege={asked.privilege} onClose={close} />
      )}
    </>
  )
}

interface RevokeProps {
  place: Place
  privilege: Privilege
  onClose: () => void
}

/** Asks before a privilege is taken away. */
export function RevokePrivilege({ place, privilege, onClose }: RevokeProps) {
  const revoke = useThing(bindThing(revokePrivilege, { place, privilege }), refreshPrivileges)
  const self = useSession().credentials?.username
  const whose = usernameOf(privilege)

  return (
    <FormDialog
      title={`Revoke ${privilege.level} of ${whose}?`}
      description={`${whose} loses it on ${place.name} at once. Privileges on what ${place.name} is in stay as they are.`}
      label="Revoke"
      danger
      disabledReason={revoke.disabledReason}
      sending={revoke.isPending}
      held
      failure={revoke.error}
      requests={revoke.requests}
      onSubmit={() => revoke.mutate({ onSuccess: onClose })}
      onClose={onClose}
    >
      <ul className="rounded-lg border border-line">
        <PrivilegeItem privilege={privilege} title={whose} />
      </ul>
      {privilege.username === self && (
        <Notice tone="warn" title="It is your own">
          You may not be able to get it back, or to see {place.name} any more.
        </Notice>
      )}
    </FormDialog>
  )
}
