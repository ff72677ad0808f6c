import Search from 'lucide-react/icons/search'
import { useEffect, useLayoutEffect } from 'react'
import { useLocation } from 'react-router'
import { createStore } from '../../lib/store.ts'
import { Button } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Kbd } from '../../ui/tag.tsx'
import { noteVisit } from './recent.ts'

// The palette's button and keyboard shortcut, which the first view needs. The palette itself is loaded when it is first opened.

const Palette = lazyComponent(async () => (await import('./palette.tsx')).Palette, { onDemand: true })

const isOpen = createStore(false)
const open = () => isOpen.set(true)
const close = () => isOpen.set(false)

const KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

export function PaletteButton() {
  return (
    <Button variant="quiet" aria-keyshortcuts="Control+K Meta+K" onClick={open}>
      <Search size={16} aria-hidden />
      <span className="max-md:sr-only pointer-coarse:sr-only">Go to…</span>
      <span className="max-md:hidden pointer-coarse:hidden" aria-hidden>
        <Kbd>{KEYS}</Kbd>
      </span>
    </Button>
  )
}

/** Opens the palette with Ctrl-K (⌘K) on every page. Records visits to machines, as the palette lists recent visits first. */
export function PaletteHost({ account }: { account: string }) {
  const shown = isOpen.use()
  const { pathname } = useLocation()
  useEffect(() => noteVisit(pathname), [pathname])
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      if (event.shiftKey || event.defaultPrevented) return
      event.preventDefault()
      if (isOpen.get()) close()
      // The palette doesn't open while a dialog is open: the user must answer the dialog first.
      else if (document.querySelector('[role$=dialog]') === null) open()
    }
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onKeyDown)
      close()
    }
  }, [])
  return shown && <Palette account={account} onClose={close} />
}
