import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Settings from 'lucide-react/icons/settings'
import { useLayoutEffect, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { columns, type Sort } from './table/columns.ts'
import type { ViewProps } from './view-items.tsx'

const ViewItems = lazyComponent(async () => (await import('./view-items.tsx')).ViewItems)
const SortItems = lazyComponent(async () => (await import('./view-items.tsx')).SortItems)
const ColumnsDialog = lazyComponent(async () => (await import('./table/table-dialogs.tsx')).ColumnsDialog, {
  onDemand: true,
})
const KeysDialog = lazyComponent(async () => (await import('./table/table-dialogs.tsx')).KeysDialog, {
  onDemand: true,
})

/** The menu of a list: columns, grouping, density, export and keyboard shortcuts. `?` opens the shortcuts, too. */
export function ViewMenu(props: Omit<ViewProps, 'onOpen'>) {
  const { everyGroup = false } = props
  const [open, setOpen] = useState<'columns' | 'keys' | null>(null)
  const close = () => setOpen(null)
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
      <Menu label="View" align="end" trigger={<IconButton label="View" icon={Settings} variant="normal" />}>
        <ViewItems {...props} onOpen={setOpen} />
      </Menu>
      {open === 'columns' && <ColumnsDialog everyGroup={everyGroup} onClose={close} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
    </>
  )
}

interface SortProps {
  sort: Sort
  everyGroup: boolean
  onSort: (sort: Sort) => void
}

/** Chooses the order on a phone, where the table has no header. */
export function SortControl(props: SortProps) {
  const { by, descending } = props.sort
  const Arrow = descending ? ArrowDown : ArrowUp
  const { label } = columns[by]
  return (
    <Menu
      label="Sort"
      trigger={
        <Button
          variant="quiet"
          size="small"
          aria-label={`Sort: ${label}, ${descending ? 'descending' : 'ascending'}`}
          className="-ml-2 md:hidden"
        >
          <span>{label}</span>
          <Arrow size={12} aria-hidden />
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      <SortItems {...props} />
    </Menu>
  )
}
