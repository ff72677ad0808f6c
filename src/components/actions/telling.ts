import { persisted } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'
import { shown } from '../../lib/shown.ts'
import { createStore } from '../../lib/store.ts'
import type { Operation } from '../../operations/operation.ts'
import { onOperationEnd } from '../../operations/store.ts'
import { actions } from '../../actions/index.ts'

/** The keys of the operations of whose end the user wants to be notified: over a reload, too, as operations are. */
export const toldEnds = persisted(createStore<readonly string[]>([]), {
  key: 'bigv.tell',
  where: 'tab',
  schema: validEntries(z.string()),
})

/** How the user can be told: by the browser, or, and then why, on the page alone. */
export type Telling = { by: 'browser' } | { by: 'page'; why: string }

/** Has the end of an operation told, or no longer. */
export function setTold(key: string, told: boolean): void {
  const others = toldEnds.get().filter((each) => each !== key)
  toldEnds.set(told ? [...others, key] : others)
}

/** Asks the browser for leave to show notifications, where it has not been asked yet, and returns how the user can be told. */
export async function askLeave(): Promise<Telling> {
  if (!globalThis.isSecureContext) {
    return { by: 'page', why: 'Browsers show notifications on https pages only. The page will say it.' }
  }
  if (typeof Notification === 'undefined') {
    return { by: 'page', why: 'This browser has no notifications. The page will say it.' }
  }
  const leave =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
  if (leave === 'granted') return { by: 'browser' }
  return {
    by: 'page',
    why: 'This browser was told not to show notifications of this page. The page will say it; its settings can change that.',
  }
}

/** Shows a notification at the end of each operation that the user wants to be told. Call once, at the start. */
export function tellWantedEnds(): void {
  onOperationEnd((operation) => {
    if (!toldEnds.get().includes(operation.key)) return
    setTold(operation.key, false)
    show(operation)
  })
}

// The page has its own toast for every end, so nothing is lost where the browser shows none.
function show({ key, action, target, outcome, note }: Operation): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const title =
    outcome === 'done'
      ? `${target.name} ${actions[action].done}`
      : `${actions[action].label} ${target.name}: ${outcome}`
  try {
    const notification = new Notification(shown(title), { body: note && shown(note), tag: key })
    notification.addEventListener('click', () => {
      globalThis.focus()
      notification.close()
    })
  } catch {
    // Android's browsers show them by a service worker only, and say so by throwing.
  }
}
