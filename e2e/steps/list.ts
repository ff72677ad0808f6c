import type { Locator, Page } from '@playwright/test'

/** The search of a list. */
export function searchBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search machines' })
}

/** The row of a machine in the list. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** The machines of the list that are on the page, from the top. */
export function machineLinks(page: Page): Locator {
  return page.getByRole('table').getByRole('link')
}

/** The header of a column, whose button sorts. */
export function header(page: Page, name: string): Locator {
  return page.getByRole('columnheader', { name, exact: true })
}

/** The box that selects a machine. */
export function box(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
}

/** The machines that are selected, from the top. */
export function selected(page: Page): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('checkbox', { name: /^Select /, checked: true }) })
    .getByRole('link')
}

/** What is shown while machines are selected. */
export function selectionBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Selected machines' })
}

/** Selects every machine of the list. */
export async function selectAll(page: Page): Promise<void> {
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('link') })
    .first()
    .getByRole('checkbox')
    .check()
  await selectionBar(page)
    .getByRole('button', { name: /^Select all/ })
    .click()
}

/** What says how the batches go, and opens their panel. */
export function batchProgress(page: Page): Locator {
  return page.getByRole('button', { name: /^Bulk runs:/ })
}

export function batchPanel(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Bulk runs' })
}

/** Opens the menu of a machine's row. */
export async function openRowMenu(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  return page.getByRole('menu', { name: `Actions for ${name}`, exact: true })
}
