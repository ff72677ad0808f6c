import { useEffect, useLayoutEffect, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { lazyComponent } from '../../ui/lazy.tsx'
import { closePalette, isPaletteOpen, openPalette, subscribePalette } from './palette-store.ts'
import { noteVisit } from './recent.ts'

const Palette = lazyComponent(async () => (await import('./palette.tsx')).Palette, { onDemand: true })

/** Ctrl-K (⌘K) opens the palette, wherever one is; it is loaded then. Notes which machines are looked at. */
export function PaletteHost({ account }: { account: string }) {
  const open = useSyncExternalStore(subscribePalette, isPaletteOpen)
  const { pathname } = useLocation()
  useEffect(() => noteVisit(pathname), [pathname])
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      if (event.shiftKey || event.defaultPrevented) return
      event.preventDefault()
      if (isPaletteOpen()) closePalette()
      // What a dialog asks comes first.
      else if (document.querySelector('[role$=dialog]') === null) openPalette()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
      closePalette()
    }
  }, [])
  return open && <Palette account={account} onClose={closePalette} />
}
