import { useParams } from 'react-router'
import { PageHeading } from '../../components/shell/page-heading.tsx'
import { PageTitle } from '../../components/shell/page-title.tsx'
import { Wizard } from './wizard.tsx'

export function Component() {
  const { account = '', group = '' } = useParams()
  return (
    <>
      <PageTitle parts={['Create machine', group]} />
      <p className="mb-1 text-xs text-muted">
        {account} / {group}
      </p>
      <PageHeading>Create machine</PageHeading>
      {/* Another group is another machine: nothing typed goes over by itself. */}
      <Wizard key={`${account}/${group}`} group={{ account, group }} />
    </>
  )
}
