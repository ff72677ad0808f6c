import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from './fixtures.ts'

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block']
// Both widths and both schemes with every rule; the other two pairs, which differ in colours only, where there is time for them:
// BIGV_LOOKS=all npm run e2e -- accessibility
const LOOKS = [
  { width: 1280, colorScheme: 'light', runOnly: ALL },
  { width: 360, colorScheme: 'dark', runOnly: ALL },
  { width: 1280, colorScheme: 'dark', runOnly: COLOURS },
  { width: 360, colorScheme: 'light', runOnly: COLOURS },
] as const
const looks = process.env['BIGV_LOOKS'] === 'all' ? LOOKS : LOOKS.slice(0, 2)

/** Has axe look at the page as it is, wide and on a phone, in light and dark. */
export async function check(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    for (const { width, colorScheme, runOnly } of looks) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      await page.evaluate(coloursSettled)
      expect(await violations(page, runOnly), `${what}, ${colorScheme}, ${width} px`).toEqual([])
      // Nothing makes the page wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBe(width)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  })
}

/** Waits until the new looks are drawn, and no colour is on its way to another. */
async function coloursSettled(): Promise<void> {
  let moving: Animation[]
  do {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  } while (moving.length > 0)
}

/** What axe finds, a line for each element. The builder brings axe to the page, once; asked itself, it is much faster. */
async function violations(page: Page, runOnly: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await new AxeBuilder({ page }).withRules('document-title').setLegacyMode().analyze()
  }
  return page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: Axe }
    const results = await axe.run(document, { runOnly, resultTypes: ['violations'] })
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    )
  }, runOnly)
}

interface Axe {
  run: (
    context: Document,
    options: { runOnly: readonly string[]; resultTypes: string[] },
  ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>
}
