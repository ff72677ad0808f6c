import type { QueryKey } from '@tanstack/react-query'
import { pollNow } from '../../api/polling.ts'
import { formatSpan } from '../../lib/times.ts'
import { MenuCheck, MenuGroup, MenuItem, MenuRadio } from '../../ui/menu/menu-items.tsx'
import { chooseInterval, INTERVALS, pausePolling, useIntervalSetting } from './polling.ts'

export function PollMenuItems({ queryKey }: { queryKey: QueryKey }) {
  const { ms, paused } = useIntervalSetting()
  return (
    <>
      <MenuItem onSelect={() => pollNow(queryKey)}>Refresh now</MenuItem>
      <MenuGroup label="Refresh every">
        {INTERVALS.map((choice) => (
          <MenuRadio key={choice} checked={!paused && choice === ms} onSelect={() => chooseInterval(choice)}>
            {formatSpan(choice)}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuCheck checked={paused} hint="This page won’t update" onSelect={() => pausePolling(!paused)}>
        Paused
      </MenuCheck>
    </>
  )
}
