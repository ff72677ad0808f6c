import { useQuery } from '@tanstack/react-query'
import { accountQueries } from '../../api/accounts.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { useGroupName } from '../../components/groups.tsx'
import { links } from '../../lib/links.ts'
import { findCalled } from '../../lib/names.ts'
import { PrivilegeList } from '../privileges/privilege-list.tsx'

export function PrivilegesTab({ group, machine }: MachineInGroup) {
  const { id, name, group_id } = machine.vm
  const { account } = group
  const inGroup = useGroupName(group)
  const accounts = useQuery(accountQueries.list())
  const found = findCalled(accounts.data, account)
  return (
    <PrivilegeList
      place={{
        at: { ...group, vm: id },
        scope: found ? { account: found.id, group: group_id ?? undefined, vm: id } : null,
        name,
      }}
      parents={[
        { name: inGroup, at: group, to: links.groupPrivileges(group) },
        { name: account, at: { account }, to: links.accountPrivileges(account) },
      ]}
    />
  )
}
