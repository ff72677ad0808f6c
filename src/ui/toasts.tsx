import { useRef, useState } from 'react'
import { lazyComponent } from './lazy.tsx'
import { useToasts } from './toast.ts'

const ToastItems = lazyComponent(async () => (await import('./toast-items.tsx')).ToastItems, {
  // The fallback needs no further code, so toasts appear even if nothing else can be loaded.
  fallback: ({ toasts }) =>
    toasts.map(({ id, title, text, details }) => (
      <li key={id} className="rounded-xl border border-line-strong bg-surface p-3 shadow-pop">
        {title}. {text} {details}
      </li>
    )),
})

export function Toasts() {
  const toasts = useToasts()
  const list = useRef<HTMLOListElement>(null)
  const [paused, setPaused] = useState(false)
  return (
    <section
      aria-label="Notifications"
      aria-keyshortcuts="F6"
      className="toasts pointer-events-none fixed inset-x-3 z-50 sm:right-4 sm:left-auto sm:w-80"
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- they pause the timeouts, nothing is clicked */}
      <ol
        ref={list}
        className="grid max-h-[45dvh] gap-2 overflow-y-auto overscroll-contain max-sm:-m-3 max-sm:p-3 sm:max-h-[80dvh] sm:overflow-visible"
        onPointerEnter={() => setPaused(true)}
        onPointerLeave={() => setPaused(false)}
        onFocus={() => setPaused(true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setPaused(false)
        }}
      >
        {toasts.length > 0 && (
          <ToastItems toasts={toasts} list={list} paused={paused} onLastGone={() => setPaused(false)} />
        )}
      </ol>
    </section>
  )
}
