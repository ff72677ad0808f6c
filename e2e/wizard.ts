import type { Page } from '@playwright/test'
import type { NewAccount } from '../simulator/control/client.ts'
import { expect } from './fixtures.ts'
import { open } from './steps/sign-in.ts'

/** A public key, as one pastes it. */
export const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'

/** The wizard of the group `default`. */
export function createPath({ account }: NewAccount): string {
  return `/accounts/${account}/groups/default/vm_create`
}

/** Opens the wizard, by way of signing in. */
export async function openWizard(page: Page, account: NewAccount): Promise<void> {
  await open(page, account, createPath(account))
  await expectStep(page, 'Machine')
}

/** Sees that a step is shown, and that its heading or one of its fields has the focus where it was gone to. */
export async function expectStep(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: `${title} (step` })).toBeVisible()
}

/** Presses the button that leads on to this step. */
export async function next(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Next: ${title.toLowerCase()}` }).click()
  await expectStep(page, title)
}

/** Goes from the first step to the review, with what is filled in. */
export async function goToReview(page: Page): Promise<void> {
  for (const step of ['Discs', 'Image', 'Review']) await next(page, step)
}

/** Goes from the first step to the review, with a name, the usual disc, wheezy, and a root password that is typed. */
export async function fillToReview(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await next(page, 'Discs')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Your own' }).check()
  await page.getByLabel('Root password', { exact: true }).fill('s3cret of mine')
  await next(page, 'Review')
}

/** The button that sends it all. */
export function createButton(page: Page) {
  return page.getByRole('main').getByRole('button', { name: 'Create machine' })
}

/** What `fillToReview` has BigV receive. */
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
