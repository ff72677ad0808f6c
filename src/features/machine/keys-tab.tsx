import { useQuery } from '@tanstack/react-query'
import { definitionQueries } from '../../api/definitions.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { CombinationsCard } from '../keys/combinations-card.tsx'
import { KeyComposer } from '../keys/composer.tsx'

/** Sends key presses to the guest, like a keyboard plugged into the machine. */
export function KeysTab(props: MachineInGroup) {
  const definitions = useQuery(definitionQueries.all())
  if (definitions.isPending) return <Loading>Loading the key names…</Loading>
  if (definitions.isError) return <LoadFailure what="the key names" query={definitions} />
  const names = definitions.data.sendkeys
  if (names.length === 0) return <Notice tone="warn">Keys can’t be sent on this BigV server.</Notice>
  return (
    <div className="@container grid grid-cols-[minmax(0,1fr)] gap-4">
      <CombinationsCard {...props} names={names} />
      <KeyComposer {...props} names={names} />
    </div>
  )
}
