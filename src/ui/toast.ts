import { createStore } from '../lib/store.ts'
import type { Tone } from './notice.tsx'

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

const toasts = createStore<readonly ToastEntry[]>([])
let made = 0

export const useToasts = toasts.use

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
  toasts.set((all) => {
    const known = all.some(({ id }) => id === entry.id)
    return known ? all.map((old) => (old.id === entry.id ? entry : old)) : trimmed([...all, entry])
  })
  return entry.id
}

// Failures go last, and the newest is never dropped.
function trimmed(all: readonly ToastEntry[]) {
  if (all.length <= MOST) return all
  const victim = all.slice(0, -1).find(({ tone }) => tone === 'ok' || tone === 'info') ?? all[0]
  return all.filter((entry) => entry !== victim)
}

export function dismissToast(id: string) {
  toasts.set((all) => all.filter((entry) => entry.id !== id))
}

export function dismissToasts() {
  toasts.set([])
}
