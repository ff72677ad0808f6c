import { useSyncExternalStore } from 'react'

let said = ''
let turn = 0
const listeners = new Set<() => void>()

/** Makes screen readers read a text out when they are done with what they read now. */
export function announce(text: string) {
  said = text
  turn += 1
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Where `announce` puts its texts: two places in turn, so that the same words can be read out twice. Mounted once. */
export function LiveRegion() {
  const now = useSyncExternalStore(subscribe, () => turn)
  return (
    <div className="sr-only">
      <div aria-live="polite">{now % 2 === 0 ? said : ''}</div>
      <div aria-live="polite">{now % 2 === 1 ? said : ''}</div>
    </div>
  )
}
