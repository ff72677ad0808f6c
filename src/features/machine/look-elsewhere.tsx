import { Link } from 'react-router'
import { links, type GroupRef } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'

/** A machine that is not in its group may have been moved: leads to all groups of the account, searched for its name. */
export function LookElsewhere({ group, name }: { group: GroupRef; name: string }) {
  const search = new URLSearchParams({ q: name })
  return (
    <Link to={`${links.allMachines(group.account)}?${search}`} className={buttonClass()}>
      Look in all groups
    </Link>
  )
}
