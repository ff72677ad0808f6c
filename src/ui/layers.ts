import { useEffect, useEffectEvent } from 'react'
import { createStore } from '../lib/store.ts'

/** What closes each open menu, drawer and dialog, the topmost last. */
const layers = createStore<readonly (() => void)[]>([])

/** True while a menu, a drawer or a dialog is open. */
export const useHasLayers = (): boolean => layers.use((open) => open.length > 0)

/** The topmost layer's way to close, or undefined if none is open. The browser's Back calls it instead of leaving the page. */
export const topLayer = (): (() => void) | undefined => layers.get().at(-1)

/** Makes the component a layer over the page while it is mounted. `onClose` is also called by the browser's Back. */
export function useLayer(onClose: () => void): void {
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const layer = () => close()
    layers.set((open) => [...open, layer])
    return () => layers.set((open) => open.filter((each) => each !== layer))
  }, [])
}
