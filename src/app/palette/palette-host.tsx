import { useEffect, useLayoutEffect } from 'react'
import { useLocation } from 'react-router'
import { part } from '../../ui/part.tsx'
import { paletteOpen } from './palette-store.ts'
import { noteVisit } from './recent.ts'

const Palette = part(async () => (await import('./palette.tsx')).Palette, { onDemand: true })

/** Ctrl-K (⌘K) opens the palette, wherever one is; it is loaded then. Notes which machines are looked at. */
export function PaletteHost({ account }: { account: string }) {
  const open = paletteOpen.use()
  const { pathname } = useLocation()
  useEffect(() => noteVisit(pathname), [pathname])
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      if (event.shiftKey || event.defaultPrevented) return
      event.preventDefault()
      if (paletteOpen.get()) close()
      // What a dialog asks comes first.
      else if (document.querySelector('[role$=dialog]') === null) paletteOpen.set(true)
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
      close()
    }
  }, [])
  return open && <Palette account={account} onClose={close} />
}

const close = () => paletteOpen.set(false)
