import axe from 'axe-core'
import { expect, test, type Page } from './fixtures.ts'

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block']
// What a narrow window can break beside them.
const SIZES = ['target-size', 'scrollable-region-focusable', 'page-has-heading-one', 'label', 'button-name']
// Every rule once, and on a phone in the dark those that can fail there alone; the other pairs where there is time for them:
// BIGV_LOOKS=all npm run e2e
const LOOKS = [
  { width: 1280, colorScheme: 'light', runOnly: ALL },
  { width: 360, colorScheme: 'dark', runOnly: [...COLOURS, ...SIZES] },
  { width: 360, colorScheme: 'light', runOnly: ALL },
  { width: 1280, colorScheme: 'dark', runOnly: COLOURS },
] as const
// Where a control cannot be used, its reason stands below its label, as its description: the rule takes it for a part of the label.
const RULES = { 'label-content-name-mismatch': { enabled: false } }
const looks = process.env['BIGV_LOOKS'] === 'all' ? LOOKS : LOOKS.slice(0, 2)

/**
 * Has axe look at the page as it is, wide and on a phone, in light and dark. Once a page has been looked at as a whole, `include` names
 * what has opened over it since, by a CSS selector: the rest is not judged again.
 */
export async function check(page: Page, what: string, include?: string): Promise<void> {
  await test.step(what, async () => {
    for (const { width, colorScheme, runOnly } of looks) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      await page.evaluate(coloursSettled)
      expect(await violations(page, runOnly, include), `${what}, ${colorScheme}, ${width} px`).toEqual([])
      // Nothing makes the page wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBe(width)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light' })
  })
}

/** Waits until the new looks are drawn, with no colour on its way to another. */
async function coloursSettled(): Promise<void> {
  let moving: Animation[]
  do {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    for (const animation of moving) animation.finish()
  } while (moving.length > 0)
}

/** What axe finds, a line for each element. It is brought to a page once. */
async function violations(
  page: Page,
  runOnly: readonly string[],
  include: string | undefined,
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options = { runOnly, rules: RULES, resultTypes: ['violations'] }
  return page.evaluate(
    async ({ options, include }) => {
      const { axe } = window as unknown as { axe: Axe }
      const results = await axe.run(include ?? document, options)
      return results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
      )
    },
    { options, include },
  )
}

/** What opens over a page. */
export const MENU = '[role=menu]'
export const DIALOG = '[role=dialog], [role=alertdialog], dialog[open]'

interface Axe {
  run: (
    context: Document | string,
    options: object,
  ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>
}
