import { Search } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { paletteOpen } from './palette-store.ts'

const KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

/** Opens the palette; for who has no keyboard, and to say that there is one. */
export function PaletteButton() {
  return (
    <Button variant="quiet" aria-keyshortcuts="Control+K Meta+K" onClick={() => paletteOpen.set(true)}>
      <Search size={16} aria-hidden />
      <span className="max-md:sr-only pointer-coarse:sr-only">Go to…</span>
      <span className="max-md:hidden pointer-coarse:hidden" aria-hidden>
        <Kbd>{KEYS}</Kbd>
      </span>
    </Button>
  )
}
