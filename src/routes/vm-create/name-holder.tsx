import { Link } from 'react-router'
import { links, type GroupRef } from '../../lib/links.ts'
import { isAsSent, type Attempt } from './complaints.ts'
import type { CreateValues } from './form-values.ts'

interface Props {
  group: GroupRef
  values: CreateValues
  attempt: Attempt | null
}

/** What a name is for; or, when it is taken, the way to the machine that has it. */
export function NameHolder({ group, values, attempt }: Props) {
  const taken = attempt?.failure.is === 'taken' && isAsSent('name', values, attempt.sent)
  if (!taken || attempt?.failure.is !== 'taken') return 'It is part of the host name.'
  const { vm } = attempt.failure.by
  return (
    <Link to={links.machine(group, vm.id)} className="text-accent underline">
      Open {vm.deleted ? 'the deleted ' : ''}
      {vm.name}
    </Link>
  )
}
