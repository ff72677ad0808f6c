import { useQuery } from '@tanstack/react-query'
import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { changePrivilege, revokePrivilege } from '../../actions/things.ts'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { isNotFound } from '../../api/query-client.ts'
import { compareNatural } from '../../lib/names.ts'
import { isBelow, levelOver } from '../../actions/levels.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import type { Action } from '../../actions/action.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { targetAt, type Place } from './place.ts'
import { PrivilegeForm } from './privilege-form.tsx'
import { PrivilegeItem } from './privilege-item.tsx'
import { RevokePrivilege } from './revoke-privilege.tsx'

type Asked = { to: 'grant' } | { to: 'change' | 'revoke'; privilege: Privilege }

/** The privileges on an account, a group or a machine itself, whoever has them; giving more, and taking them away. */
export function PrivilegeList({ place }: { place: Place }) {
  const username = useSession().credentials?.username ?? ''
  const list = useQuery({ ...privilegeQueries.on(place.at), refetchOnMount: 'always' })
  const own = useQuery(privilegeQueries.ofUser(username))
  const [asked, setAsked] = useState<Asked | null>(null)
  const readOnly = readOnlyReason(useReadOnly())
  // A refusal is noted when its operation ends.
  useOperations()
  const level = own.data && place.scope ? levelOver(own.data, place.scope) : null
  const unknown = place.scope === null ? 'What BigV calls it has to be read first.' : null
  const close = () => setAsked(null)
  // Only one of a level below one's own can be changed (API reference, "Users and privileges").
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
              const whose = privilege.username ?? 'an unknown user'
              const what = `${privilege.level} of ${whose}`
              const disabledReason = readOnly ?? unknown ?? tooHigh(privilege)
              const forbidden = (action: Action) =>
                forbiddenReason(action, targetAt(place, privilege.level, whose))
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
                    disabledReason={disabledReason ?? forbidden(changePrivilege)}
                    onClick={() => setAsked({ to: 'change', privilege })}
                  >
                    <Pencil size={15} aria-hidden />
                  </IconButton>
                  <IconButton
                    size="small"
                    label={`Revoke ${what}`}
                    disabledReason={disabledReason ?? forbidden(revokePrivilege)}
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
