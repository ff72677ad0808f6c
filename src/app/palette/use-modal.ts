import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** A dialog element that is modal as long as it is there: Escape and a click beside it close it, and the focus goes back. */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  // Before the element leaves the page, or the focus would not go back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return undefined
    const onCancel = (event: Event) => {
      event.preventDefault()
      close.current()
    }
    const onPointerDown = (event: PointerEvent) => {
      if (event.target !== element) return
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const inside =
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom
      if (!inside) close.current()
    }
    element.addEventListener('cancel', onCancel)
    element.addEventListener('pointerdown', onPointerDown)
    if (!element.open) element.showModal()
    element.querySelector('input')?.focus()
    return () => {
      element.removeEventListener('cancel', onCancel)
      element.removeEventListener('pointerdown', onPointerDown)
      element.close()
    }
  }, [])
  return dialog
}
