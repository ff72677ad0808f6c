import type * as React from 'react'
import type { ComponentType, ReactNode } from 'react'

// What stands in for modules, by `vi.mock`, where pages are drawn as text. It imports nothing, as it is there before any other.

/** The parts that are on their way. */
export const loadingParts: Promise<unknown>[] = []

/** React, for which a store has no other state at the beginning. */
export async function reactForText(original: () => Promise<unknown>): Promise<unknown> {
  const react = (await original()) as typeof React
  return {
    ...react,
    useSyncExternalStore: <T>(subscribe: (listener: () => void) => () => void, get: () => T) =>
      react.useSyncExternalStore(subscribe, get, get),
  }
}

/** ui/part.tsx, whose parts are loaded by being drawn: there are no effects. */
export async function partsForText(): Promise<unknown> {
  const { createElement } = await import('react')
  return {
    part(load: () => Promise<ComponentType<object>>) {
      let loaded: ComponentType<object> | null = null
      return function Part(props: object) {
        if (loaded === null) loadingParts.push(load().then((component) => (loaded = component)))
        return loaded && createElement(loaded, props)
      }
    },
  }
}

const Inside = ({ children }: { children?: ReactNode }) => children

/** The dialogs of a package, which would stand elsewhere in the document: they are drawn where they are written. */
export function dialogsForText(): unknown {
  const names = ['Root', 'Portal', 'Backdrop', 'Viewport', 'Popup', 'Title', 'Description', 'Close']
  return { Dialog: Object.fromEntries(names.map((name) => [name, Inside])) }
}
