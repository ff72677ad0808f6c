import type { Page } from '@playwright/test'

/**
 * The controls in the selected part that can't be pressed because something else is over them, each scrolled into view first: their names,
 * and what is there.
 */
export function covered(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate((within) => {
    const PRESSED = 'button, a[href], input, select, textarea, summary, [role^=menuitem], [role=tab]'
    const found: string[] = []
    for (const part of document.querySelectorAll(within)) {
      for (const control of part.querySelectorAll<HTMLElement>(PRESSED)) {
        if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
        control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
        const { left, top, width, height } = control.getBoundingClientRect()
        // Only for screen readers, or hidden until it has the focus, as the link that skips to the content is.
        if (getComputedStyle(control).clipPath !== 'none') continue
        const there = document.elementFromPoint(left + width / 2, top + height / 2)
        const own =
          control.contains(there) || there?.contains(control) || there?.closest('label')?.contains(control)
        const name = control.ariaLabel ?? (control.textContent.trim() || control.tagName)
        if (!own) found.push(`${name}: ${there?.closest('[class]')?.className ?? 'nothing'}`)
      }
    }
    return found
  }, within)
}
