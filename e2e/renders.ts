import type { Page } from '@playwright/test'

/*
 * Counts how often React renders the rows of the list, and which other parts of the page it renders. It works in the production
 * build: React calls the hook of its developer tools on each commit, and flags each component that was rendered in it.
 */

declare global {
  interface Window {
    renderedRows?: Record<string, number>
    renderedParts?: Set<string>
  }
}

/** The fields used here of React's internal record of a component. */
interface Fiber {
  child: Fiber | null
  sibling: Fiber | null
  alternate: Fiber | null
  return: Fiber | null
  flags: number
  stateNode: unknown
}

/** Makes the page count from its start. Call this before the page is opened. */
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
      // The component that renders the row is the fiber right above its element.
      if (row !== undefined && parent !== null && (parent.flags & PERFORMED_WORK) !== 0) {
        rendered[row] = (rendered[row] ?? 0) + 1
      }
      if (parent !== null && (fiber.flags & PERFORMED_WORK) !== 0) {
        // A component without an element of its own counts for the element around it.
        let nearest: Fiber | null = fiber
        while (nearest !== null && elementOf(nearest) === null) nearest = nearest.return
        const element = elementOf(nearest)
        parts.add(element?.closest('button, footer, [role=row], [role=table], h1, main')?.tagName ?? 'page')
      }
      // With the same children as before, nothing below was rendered.
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

/** How often each machine's row was rendered since the last call, by the machine's ID. */
export async function renderedRows(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const counts = { ...window.renderedRows }
    for (const id of Object.keys(counts)) delete window.renderedRows?.[id]
    return counts
  })
}

/**
 * The parts of the page that were rendered since the last call: for each component the tag of the nearest button, row, table,
 * heading, footer or main element around it.
 */
export async function renderedParts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = [...(window.renderedParts ?? [])]
    window.renderedParts?.clear()
    return parts
  })
}
