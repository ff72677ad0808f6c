import { Columns3, Keyboard } from 'lucide-react'
import { useLayoutEffect, useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'

const ColumnsDialog = lazyComponent(async () => (await import('./columns-dialog.tsx')).ColumnsDialog, {
  onDemand: true,
})
const KeysDialog = lazyComponent(async () => (await import('../keys-dialog.tsx')).KeysDialog, {
  onDemand: true,
})

/** What can be set about the table, and the keys that it takes; each loaded when it is asked for. `?` shows the keys. */
export function TableTools({ everyGroup = false }: { everyGroup?: boolean }) {
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
      <span className="flex items-center gap-1.5">
        <Button onClick={() => setOpen('columns')}>
          <Columns3 size={15} aria-hidden />
          Columns
        </Button>
        <IconButton
          label="Keys of this list"
          className="pointer-coarse:hidden"
          onClick={() => setOpen('keys')}
        >
          <Keyboard size={16} aria-hidden />
        </IconButton>
      </span>
      {open === 'columns' && <ColumnsDialog everyGroup={everyGroup} onClose={close} />}
      {open === 'keys' && <KeysDialog onClose={close} />}
    </>
  )
}
