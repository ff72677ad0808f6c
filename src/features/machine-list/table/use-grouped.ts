import { useEffect, useMemo } from 'react'
import { useChanging } from '../../../components/machine/changing.ts'
import { useLastHeads } from '../../../operations/last-heads.ts'
import { useShouldBeOn } from '../../../operations/restarting-since.ts'
import { lazyModule } from '../../../ui/lazy.tsx'
import type { MachineRow } from './columns.ts'
import type { GroupedRows } from './group-rows.ts'

export type { GroupedRows } from './group-rows.ts'

/** The code that groups a list. Lists without a grouping don't need it. */
export const grouping = lazyModule(() => import('./grouping.ts'))

/** The rows under headings, by the URL's `group`; null without a grouping. Memoised, because grouping ten thousand takes 4 ms. */
export function useGrouped(
  rows: readonly MachineRow[],
  by: string | null,
  everyGroup: boolean,
): GroupedRows | null {
  const code = grouping.use()
  const changing = useChanging(by === 'state')
  const shouldBeOn = useShouldBeOn()
  const lastHeads = useLastHeads()
  useEffect(() => {
    if (by !== null) void grouping.load()
  }, [by])
  return useMemo(
    () => (code?.isGrouping(by, everyGroup) ? code.groupRows(rows, by, { changing, shouldBeOn }) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- lastHeads: heads become known without a change of the rows
    [rows, by, everyGroup, changing, shouldBeOn, lastHeads, code],
  )
}
