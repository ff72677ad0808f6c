import { useLayoutEffect, type RefObject } from 'react'
import { useNavigate } from 'react-router'

/** Has clicks on the names in the table open their pages. A router's link in each row would take a tenth of what drawing them does. */
export function useRowLinks(body: RefObject<HTMLElement | null>): void {
  const navigate = useNavigate()
  // Before the names are seen: a click that nobody heard would load the whole page anew.
  useLayoutEffect(() => {
    const onClick = (event: MouseEvent) => {
      const { target, defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event
      // With a key or another button the browser opens it elsewhere.
      if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return
      const link = target instanceof Element ? target.closest('a[data-control=name]') : null
      const href = link?.getAttribute('href')
      if (!href) return
      event.preventDefault()
      void navigate(href)
    }
    const element = body.current
    element?.addEventListener('click', onClick)
    return () => element?.removeEventListener('click', onClick)
  }, [body, navigate])
}
