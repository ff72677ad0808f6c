import { useState } from 'react'
import { useParams } from 'react-router'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import type { GroupRef } from '../../lib/links.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { EarlierBatches } from './results/earlier-batches.tsx'
import { useStart } from './start.ts'
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
      <Started key={`${account}/${group}`} account={account} name={group} />
    </>
  )
}

function Started({ account, name }: { account: string; name: string }) {
  // The same object as long as it is the same group: what follows from a new one would undo what was typed.
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
