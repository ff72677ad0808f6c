import { lazy, Suspense, useDeferredValue, useEffect, useState, type ComponentType } from 'react'
import { createStore } from '../lib/store.ts'
import { toast } from './toast.ts'

interface Options<P> {
  /** For large code that is seldom needed: loads it only when the component is rendered. */
  onDemand?: boolean
  /** Rendered until the component is loaded. */
  fallback?: ComponentType<P>
}

const Nothing = () => null
const preloads = new Set<() => Promise<void>>()

/**
 * A component whose code is not in the first view. The code is loaded by `preloadLazy`, by the component's own `preload`, or by its first
 * render. If loading fails, the user is notified, the page stays, and the component's `onClose` is called, if it has one. The next render
 * tries again.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { onDemand = false, fallback: Fallback = Nothing }: Options<P> = {},
) {
  let loaded: ComponentType<P> | null = null

  const preload = async () => {
    loaded = await load()
    preloads.delete(preload)
  }
  if (!onDemand) preloads.add(preload)

  // A failed React.lazy stays failed, so each try needs a new React.lazy.
  const newTry = () =>
    lazy(async () => {
      await loadOrNotify(preload)
      if (loaded === null) currentTry = newTry()
      return { default: loaded ?? Failed }
    })
  let currentTry = newTry()

  function Failed(props: P) {
    useEffect(() => {
      if ('onClose' in props && typeof props.onClose === 'function') props.onClose()
      // oxlint-disable-next-line react/exhaustive-deps -- once, even if its props change
    }, [])
    return <Fallback {...props} />
  }

  function Lazy(props: P) {
    const [Wanted] = useState(() => loaded ?? currentTry)
    // React shows a Suspense fallback for at least 300 ms. With a deferred value the component is shown as soon as it is loaded.
    const shown = useDeferredValue(true, Wanted === loaded)
    const fallback = <Fallback {...props} />
    return <Suspense fallback={fallback}>{shown ? <Wanted {...props} /> : fallback}</Suspense>
  }
  return Object.assign(Lazy, { preload })
}

/** Code that is not in the first view, loaded like a lazy component. `get` and `use` return null until it has been loaded. */
export function lazyModule<M extends object>(load: () => Promise<M>) {
  const loaded = createStore<M | null>(null)
  const preload = async () => {
    loaded.set(await load())
    preloads.delete(preload)
  }
  preloads.add(preload)
  return {
    get: () => loaded.get(),
    use: () => loaded.use(),
    /** Resolves with the code, or with null if it fails to load; the user is notified then. */
    load: async () => {
      if (loaded.get() === null) await loadOrNotify(preload)
      return loaded.get()
    },
  }
}

/** Loads all lazy components except those on demand. Returns null if all are loaded already; rejects if one fails to load. */
export function preloadLazy(): Promise<unknown> | null {
  return preloads.size === 0 ? null : Promise.all([...preloads].map((preload) => preload()))
}

/**
 * Loads code on demand. If loading fails, because the connection is down or a newer version has replaced the file, returns null and shows a
 * toast that offers to reload. The next try requests the file again (lib/browser/load-chunk.ts). `because` is the toast's first sentence:
 * the consequence.
 */
export async function loadOrNotify<T>(
  load: () => Promise<T>,
  because = 'Nothing was sent because of this.',
): Promise<T | null> {
  try {
    return await load()
  } catch {
    toast({
      id: 'part-not-loaded',
      tone: 'danger',
      title: 'Part of the page failed to load',
      text: `${because} The connection may be down, or a newer version was installed. Try again, or reload.`,
      action: { label: 'Reload', onClick: () => location.reload() },
    })
    return null
  }
}
