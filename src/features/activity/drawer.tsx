import History from 'lucide-react/icons/rotate-ccw-clock'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Drawer } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ActivityList } from './activity-list.tsx'
import { ExportActivity } from './copy-and-export.tsx'
import { useTimeline } from '../../operations/activity/timeline.ts'

const SHOWN = 30

export function ActivityDrawer({ onClose }: { onClose: () => void }) {
  const entries = useTimeline()
  return (
    <Drawer
      title="Activity"
      onClose={onClose}
      footer={
        <>
          <ExportActivity empty={entries.length === 0} />
          <Link to={links.activity()} onClick={onClose} className={buttonClass()}>
            Open full page
          </Link>
        </>
      }
    >
      {entries.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="No activity yet">
          Lists your changes and changes made elsewhere.
        </EmptyState>
      ) : (
        <ActivityList entries={entries.slice(0, SHOWN)} heading="h3" expanded />
      )}
      {entries.length > SHOWN && (
        <p className="mt-3 text-xs text-muted">Only the latest {SHOWN}. Open the full page for the rest.</p>
      )}
    </Drawer>
  )
}
