import { createStore } from '../lib/store.ts'
import { announce } from './live-region.tsx'
import type { Tone } from './notice.tsx'

export type ToastOptions = {
  tone?: Tone | undefined
  title: string
  text?: string | undefined
  /** True if the text says what is true now, which the line of a small screen shows first, and without the action. */
  stateFirst?: boolean
  /** Details for a bug report, which aren't announced: method, path, status. */
  details?: string | undefined
  action?: { label: string; onClick: () => void } | undefined
  /** A toast with the same id is replaced in place. */
  id?: string | undefined
  /** Toasts of one kind become one, with the title for so many. Each is announced by its own title. */
  many?: { kind: string; title: (count: number) => string } | undefined
  /** In ms; with null, the toast stays. By default, warnings, errors and news with an action stay, and others disappear after 5 s. */
  timeout?: number | null | undefined
}

export type ToastEntry = ToastOptions & {
  id: string
  tone: Tone
  timeout: number | null
  /** The ids of the toasts that became this one. */
  ids: readonly string[]
}

const READ_MS = 5000
// The activity page lists what doesn't fit.
const MAX_TOASTS = 5

const toasts = createStore<readonly ToastEntry[]>([])
let count = 0

export const useToasts = toasts.use
export const shownToasts = toasts.get

/** Shows and announces a toast, from anywhere in the code. Returns the id, to dismiss or replace it. */
export function toast(options: ToastOptions): string {
  count += 1
  const tone = options.tone ?? 'info'
  const stays = tone === 'danger' || tone === 'warn' || (tone === 'info' && options.action !== undefined)
  const id = options.id ?? `toast-${count}`
  const timeout = options.timeout === undefined ? (stays ? null : READ_MS) : options.timeout
  toasts.set((all) => withNew(all, { ...options, tone, id, timeout, ids: [id] }))
  announce(inWords(options))
  return id
}

function withNew(all: readonly ToastEntry[], entry: ToastEntry): readonly ToastEntry[] {
  const { many } = entry
  const others = all.filter(({ id }) => id !== entry.id)
  const alike = many && others.find((old) => old.many?.kind === many.kind)
  if (!many || !alike) {
    const known = others.length < all.length
    return known ? all.map((old) => (old.id === entry.id ? entry : old)) : trimmed([...all, entry])
  }
  const ids = [...new Set([...alike.ids, entry.id])]
  const title = ids.length === 1 ? entry.title : many.title(ids.length)
  const merged = { ...entry, id: `all-${many.kind}`, ids, title }
  return others.map((old) => (old === alike ? merged : old))
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
