import { useEffect, useSyncExternalStore, type ComponentType } from 'react'
import { loadPart } from './load-part.ts'

type Load<P> = () => Promise<ComponentType<P>>

interface Options<P> {
  /** Large, and seldom wanted: not loaded before it is drawn. */
  onDemand?: boolean
  /** What is drawn in its place. */
  meanwhile?: ComponentType<P>
}

const early = new Set<() => Promise<unknown>>()

/**
 * Makes a component of one whose code is not in the first view. It is loaded by `loadParts`, when the browser has nothing better
 * to do, or when it is drawn before that; until then nothing is drawn in its place, unless `meanwhile` is. Where it cannot be loaded that is said, and it
 * is as if the user had closed it (`onClose`, if it has that): the page stays, and a second try is one.
 */
export function part<P extends object>(
  load: Load<P>,
  { onDemand = false, meanwhile: Meanwhile }: Options<P> = {},
) {
  let loaded: ComponentType<P> | null = null
  let loading: Promise<void> | null = null
  const listeners = new Set<() => void>()

  const begin = async () => {
    loaded = await load()
    early.delete(fetch)
    for (const listener of listeners) listener()
  }
  // What failed is tried again when it is wanted again.
  const fetch = () => (loading ??= begin().finally(() => (loading = null)))
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const read = () => loaded
  if (!onDemand) early.add(fetch)

  return function Part(props: P) {
    const Loaded = useSyncExternalStore(subscribe, read)
    const missing = Loaded === null
    useEffect(() => {
      if (missing) void loadPart(() => fetch().then(() => true)).then((there) => there ?? closed(props))
      // oxlint-disable-next-line react/exhaustive-deps -- once, whatever becomes of its properties
    }, [missing])
    const Drawn = Loaded ?? Meanwhile
    return Drawn && <Drawn {...props} />
  }
}

/** Loads the parts that are wanted early and are not there yet; null when they all are. Rejects when one could not be had. */
export function loadParts(): Promise<unknown> | null {
  return early.size === 0 ? null : Promise.all([...early].map((fetch) => fetch()))
}

function closed(props: object): void {
  if ('onClose' in props && typeof props.onClose === 'function') props.onClose()
}
