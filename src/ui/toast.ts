import { createStore } from '../lib/store.ts'
import { announce } from './live-region.tsx'
import type { Tone } from './notice.tsx'

export type ToastOptions = {
  tone?: Tone | undefined
  title: string
  text?: string | undefined
  /** Details for a bug report, which aren't announced: method, path, status. */
  details?: string | undefined
  action?: { label: string; onClick: () => void } | undefined
  /** A toast with the same id is replaced in place. */
  id?: string | undefined
  /** In ms; with null, the toast stays. By default, warnings, errors and toasts with an action stay, and others disappear after 7 s. */
  timeout?: number | null | undefined
}

export type ToastEntry = ToastOptions & { id: string; tone: Tone; timeout: number | null }

const READ_MS = 7000
// More toasts would cover the page. The activity page lists the others.
const MAX_TOASTS = 5

const toasts = createStore<readonly ToastEntry[]>([])
let count = 0

export const useToasts = toasts.use

/** Shows and announces a toast, from anywhere in the code. Returns the id, to dismiss or replace it. */
export function toast(options: ToastOptions): string {
  count += 1
  const tone = options.tone ?? 'info'
  const stays = tone === 'danger' || tone === 'warn' || options.action !== undefined
  const entry: ToastEntry = {
    ...options,
    tone,
    id: options.id ?? `toast-${count}`,
    timeout: options.timeout === undefined ? (stays ? null : READ_MS) : options.timeout,
  }
  toasts.set((all) => {
    const known = all.some(({ id }) => id === entry.id)
    return known ? all.map((old) => (old.id === entry.id ? entry : old)) : trimmed([...all, entry])
  })
  announce(inWords(options))
  return entry.id
}

/** The toast as one text. Its list isn't a live region: that would read out the buttons, too, and miss an equal toast. */
function inWords({ title, text, action }: ToastOptions): string {
  const sentences = [title, text, action && `Press F6 for “${action.label}”`].filter(Boolean)
  return sentences.map((each) => (/[.!?…]$/.test(each ?? '') ? each : `${each}.`)).join(' ')
}

// Drops warnings and errors last, and never the newest toast.
function trimmed(all: readonly ToastEntry[]) {
  if (all.length <= MAX_TOASTS) return all
  const dropped = all.slice(0, -1).find(({ tone }) => tone === 'ok' || tone === 'info') ?? all[0]
  return all.filter((entry) => entry !== dropped)
}

export function dismissToast(id: string) {
  toasts.set((all) => all.filter((entry) => entry.id !== id))
}

export function dismissToasts() {
  toasts.set([])
}
