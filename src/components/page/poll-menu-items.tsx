import { formatSpan } from '../../lib/times.ts'
import { MenuCheck, MenuGroup, MenuItem, MenuRadio } from '../../ui/menu/menu-items.tsx'
import { chooseInterval, INTERVALS, pausePolling, useIntervalSetting } from './interval-setting.ts'
import { usePagePoll } from './use-poller.ts'

/** Reading now, and how often, and whether at all. */
export function PollMenuItems() {
  const { ms, paused } = useIntervalSetting()
  const poll = usePagePoll()
  return (
    <>
      <MenuItem onSelect={() => poll?.readNow()}>Read now</MenuItem>
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
