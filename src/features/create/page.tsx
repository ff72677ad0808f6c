import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { countOf } from '../../lib/units.ts'
import {
  createBatches,
  itemStates,
  removeCreateBatch,
  statesInWords,
} from '../../operations/batch/create-batches.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useStart } from './start.tsx'
import { Wizard } from './wizard.tsx'

export function Component() {
  const { account = '', group = '' } = useParams()
  return (
    // As high as the page below the header and within main's padding, so that a short step has its footer at the bottom, too.
    <div className="flex min-h-[calc(100dvh-5rem)] flex-col sm:min-h-[calc(100dvh-5.5rem)]">
      <PageTitle parts={['Create machine', group]} />
      <p className="mb-1 text-xs text-muted">
        {account} / {group}
      </p>
      <PageHeading>Create machine</PageHeading>
      {/* Each group has its own form. */}
      <CreateForm key={`${account}/${group}`} account={account} name={group} />
    </div>
  )
}

function CreateForm({ account, name }: { account: string; name: string }) {
  // Must stay the same object, because the wizard's effects depend on it.
  const [group] = useState<GroupRef>({ account, group: name })
  const start = useStart(group)
  if (start === null) {
    return (
      <p role="status" className="mt-4 flex items-center gap-2 text-muted">
        <Spinner /> Loading…
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

/** The group's batches that are running or not dismissed yet, with links to their results. */
function EarlierBatches({ group }: { group: GroupRef }) {
  const shown = useSearchParams()[0].get('run')
  const operations = useOperations()
  const batches = createBatches
    .use()
    .filter((each) => each.account === group.account && each.group === group.group && each.key !== shown)
  return batches.map((batch) => {
    const states = itemStates(batch, operations)
    return (
      <Notice
        key={batch.key}
        className="mt-3"
        actions={
          <>
            <Link to={links.createdBatch(group, batch.key)} className={buttonClass()}>
              Show
            </Link>
            {batch.state === 'ended' && (
              <Button variant="quiet" onClick={() => removeCreateBatch(batch.key)}>
                Dismiss
              </Button>
            )}
          </>
        }
      >
        Batch of {countOf(batch.items.length, 'machine')}: {statesInWords(states)}.
      </Notice>
    )
  })
}
