import { createStore } from '../lib/store.ts'

const announced = createStore({ text: '', turn: 0 })

/** Makes screen readers announce a text, after their current one. */
export function announce(text: string) {
  announced.set(({ turn }) => ({ text, turn: turn + 1 }))
}

/** Holds the texts of `announce`, in two elements in turn, so that the same text can be announced twice. Mounted once. */
export function LiveRegion() {
  const { text, turn } = announced.use()
  return (
    <div className="sr-only">
      <div aria-live="polite">{turn % 2 === 0 ? text : ''}</div>
      <div aria-live="polite">{turn % 2 === 1 ? text : ''}</div>
    </div>
  )
}
