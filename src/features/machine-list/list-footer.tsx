import type { QueryKey } from '@tanstack/react-query'
import { PollControl } from '../../components/page/freshness.tsx'
import type { MachineRow } from './row.ts'

interface Props {
  machines: readonly MachineRow[]
  shown: number
  queryKey: QueryKey
}

/** How many there are, how many run, and how old that is. */
export function ListFooter({ machines, shown, queryKey }: Props) {
  const running = machines.filter(({ vm }) => vm.power_on && !vm.deleted).length
  const deleted = machines.filter(({ vm }) => vm.deleted).length
  const words = [
    machines.length === 1 ? '1 machine' : `${machines.length} machines`,
    `${running} running`,
    deleted > 0 && `${deleted} deleted`,
    shown < machines.length && `${shown} shown`,
  ]
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 text-xs text-muted">
      <span className="flex-[1_1_12rem]">{words.filter(Boolean).join(', ')}</span>
      <PollControl queryKey={queryKey} />
    </footer>
  )
}
