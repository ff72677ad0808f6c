import type { Locator, Page } from '@playwright/test'
import { expect } from '../bigv.ts'

/** The palette over the page. */
export function palette(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Go to' })
}

/** The field that the palette is searched with. */
export function paletteInput(page: Page): Locator {
  return palette(page).getByRole('combobox')
}

/** The entries that match the input. */
export function paletteEntries(page: Page): Locator {
  return palette(page).getByRole('option')
}

/** The entry that Enter would choose. */
export function activeEntry(page: Page): Locator {
  return palette(page).getByRole('option', { selected: true })
}

/** Opens the palette and waits until it takes the keys. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(paletteInput(page)).toBeFocused()
}

/** Opens the palette and shows the actions and pages of one machine. */
export async function openPaletteFor(page: Page, machine: string): Promise<void> {
  await openPalette(page)
  await page.keyboard.type(machine)
  await expect(activeEntry(page)).toHaveText(new RegExp(`^${machine}`))
  await page.keyboard.press('ArrowRight')
  await expect(paletteInput(page)).toHaveAccessibleName(`Actions for ${machine}`)
}

/** Chooses one of a machine's actions or pages in the palette: "Start", "Settings". */
export async function chooseInPalette(page: Page, machine: string, entry: string): Promise<void> {
  await openPaletteFor(page, machine)
  await page.keyboard.type(entry)
  await expect(activeEntry(page)).toHaveText(new RegExp(`^${entry}`))
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
}
