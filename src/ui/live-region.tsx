import type { ReactNode } from 'react'
import { createStore } from '../lib/store.ts'

/**
 * How long a text stays on the page: long enough for screen readers to notice it, and so short that a user who reads through the page later
 * doesn't come across old texts.
 */
const KEPT_MS = 5_000

const announced = createStore<readonly { key: number; text: string }[]>([])
let count = 0

/** Makes screen readers announce a text, after any text that they are reading out. */
export function announce(text: string) {
  count += 1
  const key = count
  announced.set((all) => [...all, { key, text }])
  setTimeout(() => announced.set((all) => all.filter((each) => each.key !== key)), KEPT_MS)
}

/** Drops the texts that are still on the page: they may name the previous user's machines. */
export const clearAnnounced = (): void => announced.set([])

/** Holds the texts of `announce`, an element for each, so that none replaces another that hasn't been read out yet. Mount it once. */
export function LiveRegion() {
  return (
    <div aria-live="polite" className="sr-only">
      {announced.use().map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  )
}

/** A part of a notice that changes with time, such as a clock: read out with the notice, but not at each change. */
export function Silent({ children }: { children: ReactNode }) {
  return <span aria-live="off">{children}</span>
}
