import { Download } from 'lucide-react'
import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import type { ExportProps } from './export-items.tsx'

const ExportItems = lazyComponent(async () => (await import('./export-items.tsx')).ExportItems)

/** The list as a file: every machine that matches, not only those in sight, with the columns that are shown. */
export function ExportMenu(props: ExportProps) {
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
