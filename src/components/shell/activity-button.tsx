import { History } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'react-router'
import { IconButton } from '../../ui/icon-button.tsx'

const ActivityDrawer = lazy(async () => ({
  default: (await import('../activity/drawer.tsx')).ActivityDrawer,
}))

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
      {openedOn === key && (
        <Suspense>
          <ActivityDrawer onClose={() => setOpenedOn(null)} />
        </Suspense>
      )}
    </>
  )
}
