import { externalStore } from '../../lib/external-store.ts'
import { shown } from '../../lib/shown.ts'
import { tabStorage } from '../../lib/browser/storage.ts'
import type { Operation } from '../../operations/operation.ts'
import { onOperationEnd } from '../../operations/store.ts'
import { actions } from '../../actions/index.ts'

const KEY = 'bigv.tell'
const store = externalStore<readonly string[]>(kept())

/** The keys of the operations whose end the user wants to be told. */
export const toldKeys = store.get
export const subscribeTold = store.subscribe

/** How the user can be told: by the browser, or, and then why, on the page alone. */
export type Telling = { by: 'browser' } | { by: 'page'; why: string }

/** Has the end of an operation told, or no longer. Kept over a reload, as the operation is. */
export function setTold(key: string, told: boolean): void {
  const others = store.get().filter((each) => each !== key)
  const next = told ? [...others, key] : others
  tabStorage.write(KEY, next)
  store.set(next)
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
    if (!store.get().includes(operation.key)) return
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

function kept(): string[] {
  const value = tabStorage.read(KEY)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
