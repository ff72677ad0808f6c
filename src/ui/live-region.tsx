import { createStore } from '../lib/store.ts'

const announced = createStore({ text: '', turn: 0 })

/** Makes screen readers announce a text, after any text that they are reading out. */
export function announce(text: string) {
  announced.set(({ turn }) => ({ text, turn: turn + 1 }))
}

/** Holds the texts of `announce` in two elements in turn, so that screen readers announce the same text twice if needed. Mount it once. */
export function LiveRegion() {
  const { text, turn } = announced.use()
  return (
    <div className="sr-only">
      <div aria-live="polite">{turn % 2 === 0 ? text : ''}</div>
      <div aria-live="polite">{turn % 2 === 1 ? text : ''}</div>
    </div>
  )
}
