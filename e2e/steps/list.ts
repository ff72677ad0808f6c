import type { Locator, Page } from '@playwright/test'
import { LABELS } from '../labels.ts'

/** The search field of a list. */
export function searchBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search machines' })
}

/** A facet beside the search: "All", "Stopped". Its name ends in the number of its machines. */
export function facet(page: Page, label: string): Locator {
  return page.getByRole('group', { name: 'State' }).getByRole('radio', { name: new RegExp(`^${label} `) })
}

/** Opens an item of the list's View menu: "Columns…", "CSV". */
export async function chooseInView(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}

/** The row of a machine in the list. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** The names in the list from top to bottom. A long list has only the rows on screen. */
export function machineLinks(page: Page): Locator {
  return page.getByRole('table').getByRole('link')
}

/** The header of a column; its button sorts. */
export function header(page: Page, name: string): Locator {
  return page.getByRole('columnheader', { name, exact: true })
}

/** The checkbox that selects a machine. */
export function box(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
}

/** The names of the selected machines from top to bottom. */
export function selected(page: Page): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox', { name: /^Select /, checked: true }) })
    .getByRole('link')
}

/** The bar shown while machines are selected. */
export function selectionBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected machines' })
}

/** Selects every machine that the list shows. */
export async function selectAll(page: Page): Promise<void> {
  // Not checked or clicked: its name changes with its state, and in Firefox Playwright would scroll the page.
  await page.getByRole('checkbox', { name: /^Select all/ }).press('Space')
}

/** The button of the selection bar for an action, which says how many machines the action would affect: "Start 3". */
export function bulkButton(page: Page, label: string): Locator {
  return selectionBar(page).getByRole('button', { name: new RegExp(`^${label} \\d+$`) })
}

/** Chooses an action for the selected machines: by its button in the selection bar, or in the menu More. */
export async function chooseBulk(page: Page, label: string): Promise<void> {
  if (IN_BAR.has(label)) return await bulkButton(page, label).click()
  await selectionBar(page).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: `${label}…`, exact: true }).click()
}

const IN_BAR: ReadonlySet<string> = new Set([LABELS.start, LABELS.shutDown, LABELS.restart])

/** The button that shows the batches' progress and opens their panel. */
export function batchProgress(page: Page): Locator {
  return page.getByRole('button', { name: /^Bulk runs:/ })
}

/** The bar at the bottom of every page while a bulk run is under way. */
export function batchBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Bulk run', exact: true })
}

export function batchPanel(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Bulk runs' })
}

/** Opens the menu of a machine's row. */
export async function openRowMenu(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  return page.getByRole('menu', { name: `Actions for ${name}`, exact: true })
}
