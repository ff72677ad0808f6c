import { actions } from '../../actions/index.ts'
import { tabStorage } from '../../lib/browser/storage.ts'
import { externalStore } from '../../lib/external-store.ts'
import { shown } from '../../lib/shown.ts'
import type { Operation } from '../../operations/operation.ts'
import { onOperationEnd } from '../../operations/store.ts'

const KEY = 'bigv.tell'
const store = externalStore<readonly string[]>(stored())

/** The keys of the operations of whose end the user wants to be notified. */
export const notifyKeys = store.get
export const subscribeNotify = store.subscribe

/** Whether the user wants to be notified of an operation's end. Stored in the tab, as the operation is. */
export function setNotify(key: string, wanted: boolean): void {
  const others = store.get().filter((each) => each !== key)
  const next = wanted ? [...others, key] : others
  tabStorage.write(KEY, next)
  store.set(next)
}

/** Asks the browser to allow notifications, where it has not been asked yet. Returns null, or why only the page can notify. */
export async function whyNoNotifications(): Promise<string | null> {
  if (!globalThis.isSecureContext) {
    return 'Browsers show notifications on https pages only. The page will say it.'
  }
  if (typeof Notification === 'undefined') {
    return 'This browser has no notifications. The page will say it.'
  }
  const permission =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
  if (permission === 'granted') return null
  return 'This browser was told not to show notifications of this page. The page will say it; its settings can change that.'
}

/** Shows a notification at the end of each operation that the user wants one of. Call once, at the start. */
export function notifyOfEnds(): void {
  onOperationEnd((operation) => {
    if (!store.get().includes(operation.key)) return
    setNotify(operation.key, false)
    show(operation)
  })
}

// The page has its own toast for every end, so nothing is lost where the browser shows none.
function show({ key, action, target, outcome, note }: Operation): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const { label, done } = actions[action]
  const title = outcome === 'done' ? `${target.name} ${done}` : `${label} ${target.name}: ${outcome}`
  try {
    const notification = new Notification(shown(title), { body: note && shown(note), tag: key })
    notification.addEventListener('click', () => {
      globalThis.focus()
      notification.close()
    })
  } catch {
    // Browsers on Android show notifications from a service worker only, and throw here.
  }
}

function stored(): string[] {
  const value = tabStorage.read(KEY)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
