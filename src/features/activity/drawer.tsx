import { History } from 'lucide-react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Drawer } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ExportActivity } from './export-activity.tsx'
import { Moments } from './moments.tsx'
import { useTimeline } from './use-timeline.ts'

const SHOWN = 30

/** The activity beside the page, wherever one is. */
export function ActivityDrawer({ onClose }: { onClose: () => void }) {
  const moments = useTimeline()
  return (
    <Drawer
      title="Activity"
      onClose={onClose}
      footer={
        <>
          <ExportActivity empty={moments.length === 0} />
          <Link to={links.activity()} onClick={onClose} className={buttonClass()}>
            Whole page
          </Link>
        </>
      }
    >
      {moments.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="Nothing was changed yet">
          Whatever you change appears here, and what is seen to change elsewhere.
        </EmptyState>
      ) : (
        <Moments moments={moments.slice(0, SHOWN)} />
      )}
      {moments.length > SHOWN && (
        <p className="mt-3 text-xs text-muted">The last {SHOWN}; the others are on the whole page.</p>
      )}
    </Drawer>
  )
}
