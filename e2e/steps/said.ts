import type { Page } from '@playwright/test'

declare global {
  interface Window {
    said?: string[]
  }
}

/**
 * Records what a screen reader would say unasked: each text that appears or changes in a live region. An alert, a status and any other
 * atomic region is said whole. Call this before the page is opened; `said` returns the texts in order.
 */
export async function recordSaid(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said: string[] = []
    window.said = said
    const LIVE = '[aria-live], [role=alert], [role=status], [role=log], output'
    const ATOMIC = '[aria-atomic=true], [role=alert], [role=status], output'
    /** The text of a node without what is hidden from screen readers. A control is read by its name. */
    const textOf = (node: Node): string => {
      if (node instanceof Text) return node.data
      if (!(node instanceof Element) || !node.checkVisibility() || node.ariaHidden === 'true') return ''
      return node.ariaLabel ?? [...node.childNodes].map(textOf).join(' ')
    }
    const say = (node: Node) => {
      const text = textOf(node)
        .replace(/\s+/g, ' ')
        .replace(/ (?=[.,:;…])/g, '')
        .trim()
      if (text !== '') said.push(text)
    }
    const observer = new MutationObserver((mutations) => {
      const spoken = new Set<Node>()
      for (const { target, addedNodes, type } of mutations) {
        for (const node of type === 'childList' ? addedNodes : [target]) {
          const element = node instanceof Element ? node : node.parentElement
          const live = element?.closest(LIVE)
          if (live?.ariaLive === 'off' || element?.closest('[aria-hidden=true]')) continue
          if (live) spoken.add(element?.closest(ATOMIC) ?? node)
          else
            for (const region of element?.querySelectorAll(LIVE) ?? [])
              if (region.ariaLive !== 'off' && !region.parentElement?.closest(LIVE)) spoken.add(region)
        }
      }
      for (const node of spoken) {
        const inAnother = [...spoken].some((other) => other !== node && other.contains(node))
        if (node.isConnected && !inAnother) say(node)
      }
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true })
  })
}

/** What was said since the page was loaded, in order. */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(() => window.said ?? [])
}

/** Forgets what was said so far. */
export async function forgetSaid(page: Page): Promise<void> {
  await page.evaluate(() => void window.said?.splice(0))
}
