import { lazy, Suspense, useDeferredValue, useEffect, useState, type ComponentType } from 'react'
import { toast } from './toast.ts'

interface Options<P> {
  /** Large, and seldom wanted: not loaded before it is rendered. */
  onDemand?: boolean
  /** Rendered until the component is there. */
  fallback?: ComponentType<P>
}

const Nothing = () => null
const early = new Set<() => Promise<void>>()

/**
 * A component whose code is not in the first view. It is loaded by `preloadLazy`, when it is rendered, or by its own `preload`. If that
 * fails, the user is notified, the page stays, and the component's `onClose` is called, if it has one; the next time that it is
 * rendered it is tried again.
 */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { onDemand = false, fallback: Fallback = Nothing }: Options<P> = {},
) {
  let loaded: ComponentType<P> | null = null

  const preload = async () => {
    loaded = await load()
    early.delete(preload)
  }
  if (!onDemand) early.add(preload)

  // A React.lazy that has failed stays failed, so the next try gets a new one.
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
      // oxlint-disable-next-line react/exhaustive-deps -- once, whatever becomes of its properties
    }, [])
    return <Fallback {...props} />
  }

  function Lazy(props: P) {
    const [Wanted] = useState(() => loaded ?? currentTry)
    // React shows a fallback of Suspense for 300 ms at least. What a deferred value waits for is shown as soon as it is there.
    const shown = useDeferredValue(true, Wanted === loaded)
    const fallback = <Fallback {...props} />
    return <Suspense fallback={fallback}>{shown ? <Wanted {...props} /> : fallback}</Suspense>
  }
  return Object.assign(Lazy, { preload })
}

/** Loads what is wanted early; null when all of it is there. Rejects when something could not be loaded. */
export function preloadLazy(): Promise<unknown> | null {
  return early.size === 0 ? null : Promise.all([...early].map((preload) => preload()))
}

/**
 * Loads code on demand; null, and a toast that offers to reload the page, when it cannot be had: without a connection, or because a
 * newer version has replaced it. Chromium requests it again at the next try. Firefox and WebKit remember that a module has failed,
 * so reloading is the only way there. `because`: what follows from it.
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
