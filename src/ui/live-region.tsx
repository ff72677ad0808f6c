import { createStore } from '../lib/store.ts'

const announced = createStore({ text: '', turn: 0 })

/** Makes screen readers read a text out when they are done with what they read now. */
export function announce(text: string) {
  announced.set(({ turn }) => ({ text, turn: turn + 1 }))
}

/** Where `announce` puts its texts: two places in turn, so that the same words can be read out twice. Mounted once. */
export function LiveRegion() {
  const { text, turn } = announced.use()
  return (
    <div className="sr-only">
      <div aria-live="polite">{turn % 2 === 0 ? text : ''}</div>
      <div aria-live="polite">{turn % 2 === 1 ? text : ''}</div>
    </div>
  )
}
