import type { QueryKey } from '@tanstack/react-query'
import { pollNow } from '../../api/polling.ts'
import { formatSpan } from '../../lib/times.ts'
import { MenuCheck, MenuGroup, MenuItem, MenuRadio } from '../../ui/menu/menu-items.tsx'
import { chooseInterval, INTERVALS, pausePolling, useIntervalSetting } from './polling.ts'

export function PollMenuItems({ queryKey }: { queryKey: QueryKey }) {
  const { ms, paused } = useIntervalSetting()
  return (
    <>
      <MenuItem onSelect={() => pollNow(queryKey)}>Read now</MenuItem>
      <MenuGroup label="Read every">
        {INTERVALS.map((choice) => (
          <MenuRadio key={choice} checked={!paused && choice === ms} onSelect={() => chooseInterval(choice)}>
            {formatSpan(choice)}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuCheck checked={paused} hint="What you see grows old" onSelect={() => pausePolling(!paused)}>
        Paused
      </MenuCheck>
    </>
  )
}
