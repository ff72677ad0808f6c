import { externalStore } from '../../lib/external-store.ts'

const store = externalStore(false)

/** Whether the palette is open. */
export const isPaletteOpen = store.get
export const subscribePalette = store.subscribe

/** Opens the palette. */
export const openPalette = () => store.set(true)

/** Closes it. */
export const closePalette = () => store.set(false)
