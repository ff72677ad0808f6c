import type { Tone } from '../notice.tsx'

export type ToastOptions = {
  tone?: Tone | undefined
  title: string
  text?: string | undefined
  action?: { label: string; onClick: () => void } | undefined
  /** A toast of the same id is replaced where it stands. */
  id?: string | undefined
  /** Milliseconds; null stays. By default warnings, failures and those with an action stay, the rest go after 7 s. */
  timeout?: number | null | undefined
}

export type ToastEntry = ToastOptions & { id: string; tone: Tone; timeout: number | null }

const READ_MS = 7000
// More would hide the page; the activity page has the rest.
const MOST = 5

let entries: readonly ToastEntry[] = []
let made = 0
const listeners = new Set<() => void>()

function set(next: readonly ToastEntry[]) {
  entries = next
  for (const listener of listeners) listener()
}

/** Notifies the user of something that happened; usable anywhere. Returns the id to dismiss or replace it by. */
export function toast(options: ToastOptions): string {
  made += 1
  const tone = options.tone ?? 'info'
  const stays = tone === 'danger' || tone === 'warn' || options.action !== undefined
  const entry: ToastEntry = {
    ...options,
    tone,
    id: options.id ?? `toast-${made}`,
    timeout: options.timeout === undefined ? (stays ? null : READ_MS) : options.timeout,
  }
  const known = entries.some(({ id }) => id === entry.id)
  set(known ? entries.map((old) => (old.id === entry.id ? entry : old)) : trimmed([...entries, entry]))
  return entry.id
}

// Failures go last, and the newest is never dropped.
function trimmed(all: readonly ToastEntry[]) {
  if (all.length <= MOST) return all
  const victim = all.slice(0, -1).find(({ tone }) => tone === 'ok' || tone === 'info') ?? all[0]
  return all.filter((entry) => entry !== victim)
}

/** Closes a toast, if it is there. */
export function dismissToast(id: string) {
  set(entries.filter((entry) => entry.id !== id))
}

/** Closes all toasts. */
export function dismissToasts() {
  set([])
}

/** The toasts that are shown, oldest first. */
export const toastStore = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  read: () => entries,
}
