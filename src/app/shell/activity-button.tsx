import { History } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { IconButton } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'

const ActivityDrawer = lazyComponent(
  async () => (await import('../../features/activity/drawer.tsx')).ActivityDrawer,
  {
    onDemand: true,
  },
)

/** Opens the activity beside the page, wherever one is; loaded when it is first wanted. */
export function ActivityButton() {
  // Open over the page that it was opened on: whoever follows a link out of it goes there.
  const { key } = useLocation()
  const [openedOn, setOpenedOn] = useState<string | null>(null)
  return (
    <>
      <IconButton label="Activity" aria-haspopup="dialog" onClick={() => setOpenedOn(key)}>
        <History size={16} aria-hidden />
      </IconButton>
      {openedOn === key && <ActivityDrawer onClose={() => setOpenedOn(null)} />}
    </>
  )
}
