import type * as React from 'react'
import type { ReactNode } from 'react'

// What stands in for modules, by `vi.mock`, where pages are rendered as text. It imports nothing, as it is there before any other.

/** React, for which a store has no other state at the beginning, nor a deferred value. */
export async function reactForText(original: () => Promise<unknown>): Promise<unknown> {
  const react = (await original()) as typeof React
  return {
    ...react,
    useSyncExternalStore: <T>(subscribe: (listener: () => void) => () => void, get: () => T) =>
      react.useSyncExternalStore(subscribe, get, get),
    useDeferredValue: <T>(value: T) => value,
  }
}

const Inside = ({ children }: { children?: ReactNode }) => children

/** The dialogs of a package, which would stand elsewhere in the document: they are rendered where they are written. */
export function dialogsForText(): unknown {
  const names = ['Root', 'Portal', 'Backdrop', 'Viewport', 'Popup', 'Title', 'Description', 'Close']
  return { Dialog: Object.fromEntries(names.map((name) => [name, Inside])) }
}
