type Placement = { align?: 'start' | 'center' | 'end' | undefined; side?: 'bottom' | 'top' | undefined }

const EDGE = 8
const GAP = 4

/** Places a fixed popup beside its anchor, or on the anchor's other side if there is no room, and always inside the window. */
function position(popup: HTMLElement, anchor: Element, { align = 'start', side = 'bottom' }: Placement = {}) {
  const scrolled = popup.scrollTop
  popup.style.maxHeight = ''
  const at = anchor.getBoundingClientRect()
  const { width, height } = popup.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const below = clientHeight - at.bottom - GAP - EDGE
  const above = at.top - GAP - EDGE
  const up = side === 'top' ? above >= height || above >= below : below < height && above > below
  const room = Math.max(up ? above : below, 96)
  const left = { start: at.left, center: at.left + (at.width - width) / 2, end: at.right - width }[align]
  const shown = Math.min(height, room)
  const top = up ? at.top - GAP - shown : at.bottom + GAP
  popup.style.left = `${Math.max(EDGE, Math.min(left, clientWidth - width - EDGE))}px`
  popup.style.top = `${Math.max(EDGE, Math.min(top, clientHeight - shown - EDGE))}px`
  if (height > room) popup.style.maxHeight = `${room}px`
  popup.scrollTop = scrolled
}

/** Shows a popover beside its anchor and keeps it there during scrolling. Returns a function to stop. */
export function anchorPopover(popup: HTMLElement, anchor: Element, placement?: Placement) {
  const update = () => position(popup, anchor, placement)
  // Ignore scrolling inside the popup: the popup need not move, and a new measurement would reset its scroll position.
  const onScroll = ({ target }: Event) => {
    if (!(target instanceof Node && popup.contains(target))) update()
  }
  popup.showPopover()
  update()
  window.addEventListener('scroll', onScroll, true)
  window.addEventListener('resize', update)
  return () => {
    window.removeEventListener('scroll', onScroll, true)
    window.removeEventListener('resize', update)
  }
}
