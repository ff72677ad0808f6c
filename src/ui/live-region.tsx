import { createStore } from '../lib/store.ts'

const announced = createStore({ text: '', turn: 0 })

/** Has a screen reader say it when it is done with what it says now. */
export function announce(text: string) {
  announced.set(({ turn }) => ({ text, turn: turn + 1 }))
}

/** Mounted once. Two places in turn, so that the same words can be said twice. */
export function LiveRegion() {
  const { text, turn } = announced.use()
  return (
    <div className="sr-only">
      <div aria-live="polite">{turn % 2 === 0 ? text : ''}</div>
      <div aria-live="polite">{turn % 2 === 1 ? text : ''}</div>
    </div>
  )
}
