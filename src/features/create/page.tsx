import { useState } from 'react'
import { useParams } from 'react-router'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import type { GroupRef } from '../../lib/links.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { useStart } from './start.tsx'
import { EarlierBatches } from './results/earlier-batches.tsx'
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
      {/* Another group has a form of its own. */}
      <CreateForm key={`${account}/${group}`} account={account} name={group} />
    </>
  )
}

function CreateForm({ account, name }: { account: string; name: string }) {
  // A stable object: the wizard's effects depend on it.
  const [group] = useState<GroupRef>({ account, group: name })
  const start = useStart(group)
  if (start === null) {
    return (
      <p role="status" className="mt-4 flex items-center gap-2 text-muted">
        <Spinner /> What it is to be filled in with is being read…
      </p>
    )
  }
  return (
    <>
      <EarlierBatches group={group} />
      <Wizard group={group} start={start} />
    </>
  )
}
