import { useRef, useState } from 'react'
import { useHasLayers } from './layers.ts'
import { lazyComponent } from './lazy.tsx'
import { useToasts, type ToastEntry } from './toast.ts'

const ToastItems = lazyComponent(async () => (await import('./toast-items.tsx')).ToastItems, {
  // The fallback needs no further code, so toasts appear even if nothing else can be loaded.
  fallback: ({ toasts }) =>
    toasts.map(({ id, title, text, details }) => (
      <li key={id} className="pointer-events-auto border border-line-strong bg-surface p-2 md:rounded-lg">
        {title}. {text} {details}
      </li>
    )),
})

/**
 * The toasts, in a place that nothing else uses: from 768 px on, they are the last part of a column; below, they are a line that stays
 * under the header, with the newest toast. Render them in the frame of every page.
 */
export function Toasts() {
  const waits = useHasLayers()
  const toasts = useHeld(useToasts(), waits)
  const list = useRef<HTMLOListElement>(null)
  const [paused, setPaused] = useState(false)
  return (
    <section
      aria-label="Notifications"
      aria-keyshortcuts="F6"
      className="toasts pointer-events-none max-md:sticky max-md:top-[var(--header,3rem)] max-md:z-15 max-md:h-10 md:max-h-[60%] md:shrink-0 md:overflow-y-auto md:overscroll-contain print:hidden"
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- they pause the timeouts, nothing is clicked */}
      <ol
        ref={list}
        className="md:grid md:gap-2 md:p-2.5 md:empty:hidden"
        onPointerEnter={() => setPaused(true)}
        onPointerLeave={() => setPaused(false)}
        onFocus={() => setPaused(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setPaused(false)
        }}
      >
        {toasts.length > 0 && (
          <ToastItems
            toasts={toasts}
            list={list}
            paused={paused || waits}
            onLastGone={() => setPaused(false)}
          />
        )}
      </ol>
    </section>
  )
}

/** While a dialog or menu is open, new toasts wait, and those on the page don't change. */
function useHeld(toasts: readonly ToastEntry[], waits: boolean): readonly ToastEntry[] {
  const [held, setHeld] = useState<readonly ToastEntry[] | null>(null)
  if (waits && held === null) setHeld(toasts)
  if (!waits && held !== null) setHeld(null)
  if (!waits || held === null) return toasts
  return held.filter(({ id }) => toasts.some((each) => each.id === id))
}
