import { revokePrivilege } from '../../actions/things.ts'
import type { Privilege } from '../../api/privileges.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import { noLongerStands, revokeRequest, revokeSeen } from '../../actions/privilege-requests.ts'
import { useReadOnly } from '../../operations/use-operations.ts'
import { useSession } from '../../session/session.ts'
import { Notice } from '../../ui/notice.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { plainFailure } from '../../components/plain-problem.tsx'
import { targetAt, type Place } from './place.ts'
import { PrivilegeItem } from './privilege-item.tsx'
import { usePrivilegeChange } from './use-privilege-change.ts'

interface Props {
  place: Place
  privilege: Privilege
  onClose: () => void
}

/** Asks before a privilege is taken away. */
export function RevokePrivilege({ place, privilege, onClose }: Props) {
  const { sending, result, send } = usePrivilegeChange(place)
  const readOnly = readOnlyReason(useReadOnly())
  const self = useSession().credentials?.username
  const { level, username } = privilege
  const whose = username ?? 'an unknown user'
  const disabledReason = readOnly ?? forbiddenReason(revokePrivilege, targetAt(place, level, whose))
  const request = revokeRequest(privilege)

  const revoked = (now: readonly Privilege[]) => revokeSeen(now, privilege.id)

  const stands = (now: readonly Privilege[]) => noLongerStands(now, privilege)

  const revoke = async () => {
    const change = { action: revokePrivilege, username: whose, level, request } as const
    if (await send({ ...change, stands, seen: revoked })) onClose()
  }

  return (
    <FormDialog
      title={`Revoke ${level} of ${whose}?`}
      description={`${whose} loses it on ${place.name} at once. Privileges on what ${place.name} is in stay as they are.`}
      label="Revoke"
      danger
      disabledReason={disabledReason}
      sending={sending}
      held
      failure={plainFailure(result)}
      requests={[request]}
      onSubmit={revoke}
      onClose={onClose}
    >
      <ul className="rounded-lg border border-line">
        <PrivilegeItem privilege={privilege} title={whose} />
      </ul>
      {username === self && (
        <Notice tone="warn" title="It is your own">
          You may not be able to get it back, or to see {place.name} any more.
        </Notice>
      )}
    </FormDialog>
  )
}
