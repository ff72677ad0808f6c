import ChartGantt from 'lucide-react/icons/chart-gantt'
import Columns3 from 'lucide-react/icons/columns-3'
import Download from 'lucide-react/icons/download'
import Keyboard from 'lucide-react/icons/keyboard'
import { useLayoutEffect, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import type { ExportProps } from './export-items.tsx'
import { useOpenTimeline } from './timeline-in-url.tsx'

const ExportItems = lazyComponent(async () => (await import('./export-items.tsx')).ExportItems)
const ColumnsDialog = lazyComponent(async () => (await import('./table/table-dialogs.tsx')).ColumnsDialog, {
  onDemand: true,
})
const KeysDialog = lazyComponent(async () => (await import('./table/table-dialogs.tsx')).KeysDialog, {
  onDemand: true,
})

/** Export, columns and keyboard shortcuts. `?` opens the shortcuts, too. */
export function TableTools(props: ExportProps) {
  const { everyGroup = false } = props
  const [open, setOpen] = useState<'columns' | 'keys' | null>(null)
  const close = () => setOpen(null)
  const openTimeline = useOpenTimeline()
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
        return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('input:not([type=checkbox]), textarea, select, [role$=dialog], [role=menu]')) return
      event.preventDefault()
      setOpen('keys')
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <span className="flex flex-wrap items-center gap-1.5">
        <ExportMenu {...props} />
        <Button onClick={() => setOpen('columns')}>
          <Columns3 size={15} aria-hidden />
          Columns
        </Button>
        <IconButton label="Timeline" icon={ChartGantt} onClick={openTimeline} />
        <IconButton
          label="Keyboard shortcuts"
          icon={Keyboard}
          className="pointer-coarse:hidden"
          onClick={() => setOpen('keys')}
        />
      </span>
      {open === 'columns' && <ColumnsDialog everyGroup={everyGroup} onClose={close} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
    </>
  )
}

function ExportMenu(props: ExportProps) {
  return (
    <Menu
      label="Export"
      align="end"
      trigger={
        <Button>
          <Download size={15} aria-hidden />
          Export
        </Button>
      }
    >
      <ExportItems {...props} />
    </Menu>
  )
}
