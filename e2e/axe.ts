import axe from 'axe-core'
import { expect, test, type Page } from './fixtures.ts'

interface Look {
  width: number
  colorScheme: 'light' | 'dark'
  forcedColors?: 'active'
  runOnly: readonly string[]
}

const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast', 'link-in-text-block']
// Other rules that a narrow window can break.
const SIZES = ['target-size', 'scrollable-region-focusable', 'page-has-heading-one', 'label', 'button-name']
// Only the first three are checked: every rule on a wide light screen, on a dark phone the rules that can fail only there, and the colours
// if the system forces its own. BIGV_LOOKS=all npm run e2e checks all five.
const LOOKS: readonly Look[] = [
  { width: 1280, colorScheme: 'light', runOnly: ALL },
  { width: 360, colorScheme: 'dark', runOnly: [...COLOURS, ...SIZES] },
  { width: 1280, colorScheme: 'dark', forcedColors: 'active', runOnly: COLOURS },
  { width: 360, colorScheme: 'light', runOnly: ALL },
  { width: 1280, colorScheme: 'dark', runOnly: COLOURS },
]
// A disabled control shows its reason, its description, below its label; the rule takes the reason for part of the label.
const RULES = { 'label-content-name-mismatch': { enabled: false } }
const looks = process.env['BIGV_LOOKS'] === 'all' ? LOOKS : LOOKS.slice(0, 3)

/**
 * Runs axe on the current page, on a wide light screen, on a dark phone and with forced colours. With `include`, a CSS selector, it checks only that part:
 * use it for a dialog or menu over a page that was checked before.
 */
export async function check(page: Page, what: string, include?: string): Promise<void> {
  await test.step(what, async () => {
    for (const { width, colorScheme, forcedColors, runOnly } of looks) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme, forcedColors: forcedColors ?? 'none' })
      // In Firefox, Playwright scrolls what it clicks to the middle of the window. The sticky header would then cover controls.
      await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
      await page.evaluate(coloursSettled)
      await page.evaluate(fillWithColour, forcedColors === 'active')
      expect(
        await violations(page, runOnly, include),
        `${what}, ${forcedColors ? 'forced colours' : colorScheme}, ${width} px`,
      ).toEqual([])
      // Nothing is wider than the window.
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBe(width)
    }
    await page.evaluate(fillWithColour, false)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
  })
}

/** Waits until the new colours are painted, and ends their transitions. */
async function coloursSettled(): Promise<void> {
  let moving: Animation[]
  do {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    for (const animation of moving) animation.finish()
  } while (moving.length > 0)
}

/**
 * Axe reads the colour of a text from -webkit-text-fill-color. With forced colours Chromium paints with `color`, but still returns the page's
 * own colour for that property.
 */
function fillWithColour(fill: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (fill) element.style.webkitTextFillColor = getComputedStyle(element).color
    else element.style.removeProperty('-webkit-text-fill-color')
  }
}

/** Axe's findings, one line per element. Loads axe into the page if it isn't there yet. */
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

/** The parts that open over a page, for `include`. */
export const MENU = '[role=menu]'
export const DIALOG = '[role=dialog], [role=alertdialog], dialog[open]'

interface Axe {
  run: (
    context: Document | string,
    options: object,
  ) => Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>
}
