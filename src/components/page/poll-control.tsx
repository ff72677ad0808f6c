import type { QueryKey } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { formatClock, formatSpan } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { useIntervalSetting } from './interval-setting.ts'
import { UpdatedAt } from './updated-at.tsx'
import { usePagePoll } from './use-poller.ts'

const PollMenuItems = lazyComponent(async () => (await import('./poll-menu-items.tsx')).PollMenuItems)

/** When the page was read last, how often it is, and the ways to change that. */
export function PollControl({ queryKey }: { queryKey: QueryKey }) {
  const { ms, paused } = useIntervalSetting()
  const poll = usePagePoll()
  const rest = poll?.phase === 'offline' ? 'offline' : paused ? 'paused' : `every ${formatSpan(ms)}`
  return (
    <Menu
      label="Reading anew"
      align="end"
      trigger={
        <Button variant="quiet" size="small" className="font-normal!">
          <span>
            <UpdatedAt queryKey={queryKey}>
              {(at) =>
                at > 0 && (
                  <>
                    <span className="max-sm:sr-only">Updated </span>
                    {formatClock(at)} ·{' '}
                  </>
                )
              }
            </UpdatedAt>
            {rest}
          </span>
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      <PollMenuItems />
    </Menu>
  )
}
