import type { Page } from '@playwright/test'
import type { NewAccount } from '../simulator/control/client.ts'
import { expect } from './fixtures.ts'
import { open } from './steps/sign-in.ts'

/** A public key as a user would paste it. */
export const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'

/** The path of the wizard for the group `default`. */
export function createPath({ account }: NewAccount): string {
  return `/accounts/${account}/groups/default/vm_create`
}

/** Opens the wizard as a signed-in user. */
export async function openWizard(page: Page, account: NewAccount): Promise<void> {
  await open(page, account, createPath(account))
  await expectStep(page, 'Machine')
}

/** Waits until a step is shown. */
export async function expectStep(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: `${title} (step` })).toBeVisible()
}

/** Presses the Next button that leads to this step. */
export async function next(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Next: ${title.toLowerCase()}` }).click()
  await expectStep(page, title)
}

/** Goes from the first step to the review without filling in anything. */
export async function goToReview(page: Page): Promise<void> {
  for (const step of ['Image', 'Discs', 'Review']) await next(page, step)
}

/** Goes from the first step to the review with a name, the default disc, wheezy and the user's own root password. */
export async function fillToReview(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Your own' }).check()
  await page.getByLabel('Root password', { exact: true }).fill('s3cret of mine')
  await next(page, 'Discs')
  await next(page, 'Review')
}

/** Opens the zone, the keymap, the addresses and the hardware profile. */
export async function openMoreOptions(page: Page): Promise<void> {
  await page.getByText('More options').click()
}

/** The button that sends the request. */
export function createButton(page: Page) {
  return page.getByRole('main').getByRole('button', { name: 'Create machine' })
}

/** The request that BigV receives after `fillToReview`. */
export function createRequest(account: NewAccount, name: string) {
  return {
    method: 'POST',
    path: createPath(account),
    body: {
      virtual_machine: { name, cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
      discs: [{ label: 'disc-1', size: 25600, storage_grade: 'sata' }],
      reimage: { distribution: 'wheezy', root_password: 's3cret of mine' },
    },
  }
}
