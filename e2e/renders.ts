import type { Page } from '@playwright/test'

/*
 * Counts how often React draws the rows of the list, and what else it draws, in the build as it ships: React tells the hook that
 * its developer tools put into a page of each commit, and marks each component that was drawn in it.
 */

declare global {
  interface Window {
    renderedRows?: Record<string, number>
    renderedParts?: Set<string>
  }
}

/** What is read of React's own record of a component. */
interface Fiber {
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
  return: Fiber | null
  flags: number
  stateNode: unknown
}

/** Has the page count from its start. Call before it is gone to. */
export async function countRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const PERFORMED_WORK = 1
    const rendered: Record<string, number> = {}
    window.renderedRows = rendered
    const parts = new Set<string>()
    window.renderedParts = parts
    const elementOf = (fiber: Fiber | null): Element | null => {
      if (fiber === null || fiber.stateNode instanceof Element)
        return (fiber?.stateNode ?? null) as Element | null
      return elementOf(fiber.child)
    }
    const visit = (fiber: Fiber, parent: Fiber | null) => {
      const row = fiber.stateNode instanceof HTMLElement ? fiber.stateNode.dataset['id'] : undefined
      // The component whose element the row is stands right above it.
      if (row !== undefined && parent !== null && (parent.flags & PERFORMED_WORK) !== 0) {
        rendered[row] = (rendered[row] ?? 0) + 1
      }
      if (parent !== null && (fiber.flags & PERFORMED_WORK) !== 0) {
        // What has no element of its own stands in the one around it.
        let nearest: Fiber | null = fiber
        while (nearest !== null && elementOf(nearest) === null) nearest = nearest.return
        const element = elementOf(nearest)
        parts.add(element?.closest('button, footer, [role=row], [role=table], h1, main')?.tagName ?? 'page')
      }
      // Where the children are those of before, nothing below was drawn.
      if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return
      for (let child = fiber.child; child !== null; child = child.sibling) visit(child, fiber)
    }
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => {},
        onCommitFiberRoot: (_: number, root: { current: Fiber }) => visit(root.current, null),
      },
    })
  })
}

/** The ids of the machines whose rows were drawn since this was asked last, each with how often. */
export async function renderedRows(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const counts = { ...window.renderedRows }
    for (const id of Object.keys(counts)) delete window.renderedRows?.[id]
    return counts
  })
}

/**
 * Where components were drawn since this was asked last: the nearest button, row, table, heading, footer or main part of the page
 * around each, by its tag.
 */
export async function renderedParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = [...(window.renderedParts ?? [])]
    window.renderedParts?.clear()
    return parts
  })
}
