import { useQuery } from '@tanstack/react-query'
import { highestOver, machineHint } from '../../actions/access.ts'
import { accountQueries } from '../../api/accounts.ts'
import { privilegeQueries } from '../../api/privileges.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { findCalled } from '../../lib/names.ts'
import { useSession } from '../../session/session.ts'
import { Notice } from '../../ui/notice.tsx'

/** Says so if the user's level looks too low to change the machine. Their privileges are not fetched for this: most users need no hint. */
export function LevelHint({ group, machine: { vm } }: MachineInGroup) {
  const username = useSession((session) => session.credentials?.username ?? '')
  const own = useQuery({ ...privilegeQueries.ofUser(username), enabled: false })
  const accounts = useQuery({ ...accountQueries.list(), enabled: false })
  const account = findCalled(accounts.data, group.account)
  if (own.data === undefined || account === undefined) return null
  const scope = { account: account.id, group: vm.group_id ?? undefined, vm: vm.id }
  const hint = machineHint(highestOver(own.data, scope))
  return hint && <Notice tone="warn">{hint}</Notice>
}
