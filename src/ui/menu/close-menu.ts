import { createContext } from 'react'

/** Closes the menu that one is in. */
export const CloseMenu = createContext<() => void>(() => {})
