import { actions } from '../../actions/index.ts'
import { persisted } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'
import { shown } from '../../lib/shown.ts'
import { createStore } from '../../lib/store.ts'
import type { Operation } from '../../operations/operation.ts'
import { onOperationEnd } from '../../operations/store.ts'

/** The keys of the operations whose end the user wants to be notified of. Stored in the tab, like the operations. */
export const notifyKeys = persisted(createStore<readonly string[]>([]), {
  key: 'bigv.tell',
  where: 'tab',
  schema: validEntries(z.string()),
})

export function setNotify(key: string, wanted: boolean): void {
  const others = notifyKeys.get().filter((each) => each !== key)
  notifyKeys.set(wanted ? [...others, key] : others)
}

/** Requests permission if the browser has not asked yet. Returns null, or the reason why notifications are unavailable. */
export async function whyNoNotifications(): Promise<string | null> {
  if (!globalThis.isSecureContext) {
    return 'Browsers show notifications only for https sites. The page will show the result instead.'
  }
  if (typeof Notification === 'undefined') {
    return 'This browser doesn’t support notifications. The page will show the result instead.'
  }
  const permission =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission
  if (permission === 'granted') return null
  return 'Notifications are blocked for this site. The page will show the result instead.'
}

/** Shows a notification at the end of each operation in `notifyKeys`. Call once, at the start. */
export function notifyOfEnds(): void {
  onOperationEnd((operation) => {
    if (!notifyKeys.get().includes(operation.key)) return
    setNotify(operation.key, false)
    show(operation)
  })
}

// Toasts show every outcome too, so nothing is lost without notifications.
function show({ key, action, target, outcome, note }: Operation): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const { label, done } = actions[action]
  const title = outcome === 'done' ? done(target.name) : `${label} ${target.name}: ${outcome}`
  try {
    const notification = new Notification(shown(title), { body: note && shown(note), tag: key })
    notification.addEventListener('click', () => {
      globalThis.focus()
      notification.close()
    })
  } catch {
    // Browsers on Android throw an error, because there only service workers can show notifications.
  }
}
