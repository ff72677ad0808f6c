import { createStore } from '../store.ts'

/** The most rows of a list that are printed. More would keep the browser busy for seconds before its dialog opens. */
export const MOST_PRINTED = 2_000

const printing = createStore(false)
let listening = false

/** True while the page is printed: lists then render all rows, not only those near the view. Also opens folded sections. */
export function usePrinting(): boolean {
  listen()
  return printing.use()
}

function listen(): void {
  if (listening) return
  listening = true
  addEventListener('beforeprint', () => printing.set(true))
  addEventListener('afterprint', () => printing.set(false))
  // Developer tools show the page as it would print without these events.
  const media = matchMedia('print')
  media.addEventListener('change', () => printing.set(media.matches))

  let opened: readonly HTMLDetailsElement[] = []
  printing.subscribe((isPrinting) => {
    if (isPrinting) opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const details of opened) details.open = isPrinting
  })
}
