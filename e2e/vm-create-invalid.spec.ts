import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { expectNothingSent } from './steps/received.ts'
import { next, expectStep, openWizard } from './wizard.ts'

const INVALID = [
  { field: 'Name', typed: '', message: 'Enter a name.' },
  { field: 'Name', typed: '123', message: 'BigV would take it for an ID' },
  { field: 'Name', typed: 'web-', message: 'can’t start or end with a dash' },
  { field: 'Name', typed: 'web.int', message: 'Use only letters' },
  { field: 'Cores', typed: '1.5', message: 'Enter a whole number of cores' },
  { field: 'Cores', typed: '0', message: 'at least 1' },
  { field: 'Memory', typed: '', message: 'Enter the memory.' },
  { field: 'Memory', typed: '1,5', message: 'such as 4 or 0.5' },
]

const INVALID_DISCS = [
  { field: 'Label', typed: 'vda', message: 'can’t look like a device' },
  { field: 'Label', typed: '', message: 'Enter a label for the disc.' },
  { field: 'Label', typed: 'disc-1', message: 'Another disc has this label.' },
  { field: 'Size', typed: '3000', message: 'At most 2 TiB, which is 2048 GiB.' },
  { field: 'Size', typed: '0.04', message: 'At least 50 MiB' },
  { field: 'Size', typed: 'big', message: 'such as 25 or 0.5' },
]

test('refuses an invalid name, number of cores or memory size at its field @long', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await check(page, 'Machine')
  for (const { field, typed, message } of INVALID) {
    await test.step(`${field} “${typed}”`, async () => {
      const input = page.getByLabel(field, { exact: true })
      await input.fill(typed)
      // More letters can't cure a dot, so the user needn't leave the field first.
      if (typed === 'web.int') await expect(input).toHaveAttribute('aria-invalid', 'true')
      await page.getByRole('button', { name: 'Next: image' }).click()
      await expect(input).toBeFocused()
      await expect(input).toHaveAttribute('aria-invalid', 'true')
      await expect(input).toHaveAccessibleDescription(new RegExp(message.replaceAll('.', String.raw`\.`)))
      await expectStep(page, 'Machine')
      if (typed === '123') await check(page, 'Machine, with an error', 'main')
      await input.fill(field === 'Name' ? 'web4' : '2')
      await expect(input).not.toHaveAttribute('aria-invalid')
    })
  }
  await expectNothingSent(page, bigv)
})

test('refuses an invalid disc at its field, and more than eight discs @long', async ({ page, account }) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await next(page, 'Discs')
  await check(page, 'Discs', 'main')
  const add = page.getByRole('button', { name: 'Add disc' })
  await add.click()
  for (const { field, typed, message } of INVALID_DISCS) {
    await test.step(`${field} “${typed}”`, async () => {
      const input = page.getByRole('region', { name: 'Disc 2' }).getByLabel(field)
      await input.fill(typed)
      await page.getByRole('button', { name: 'Next: review' }).click()
      await expect(input).toBeFocused()
      await expect(input).toHaveAccessibleDescription(new RegExp(message.replaceAll('.', String.raw`\.`)))
      await expectStep(page, 'Discs')
      await input.fill(field === 'Size' ? '30' : 'data')
      await expect(input).not.toHaveAttribute('aria-invalid')
    })
  }
  for (let disc = 3; disc <= 8; disc++) {
    await add.click()
    await expect(page.getByRole('region', { name: `Disc ${disc}` })).toBeVisible()
  }
  await expect(add).toBeDisabled()
  await expect(add).toHaveAccessibleDescription('A machine can have up to 8 discs.')
  for (let disc = 8; disc >= 1; disc--)
    await page.getByRole('button', { name: `Remove disc ${disc}` }).click()
  await expect(add).toBeFocused()
})

test('refuses an invalid image at its field before anything is sent @long', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Image')
  const nextButton = page.getByRole('button', { name: 'Next: discs' })
  await nextButton.click()
  await expect(page.getByText('Choose a distribution.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'centos-5.8' })).toBeFocused()
  // Moving the focus away from the cards must not choose one.
  for (let again = 0; again < 2; again += 1) {
    await nextButton.click()
    await expect(page.getByRole('radio', { name: 'centos-5.8' })).toBeFocused()
  }
  await page.reload()
  await expectStep(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Your own' }).check()
  await nextButton.click()
  await expect(page.getByLabel('Root password', { exact: true })).toHaveAccessibleDescription(
    'Enter a root password.',
  )
  await page.getByLabel('Root password', { exact: true }).fill('s3cret')
  await page.getByLabel('First-boot script').fill('echo hi')
  await nextButton.click()
  await expect(page.getByLabel('First-boot script')).toBeFocused()
  await expect(page.getByLabel('First-boot script')).toHaveAccessibleDescription(/Start the script with #!/)
  await check(page, 'Image, with errors', 'main')
  await page.getByLabel('First-boot script').clear()
  await page.getByLabel('CD image URL').fill('ftp://example.com/x.iso')
  await nextButton.click()
  await expect(page.getByLabel('CD image URL')).toBeFocused()
  await expect(page.getByLabel('CD image URL')).toHaveAccessibleDescription(/starts with http/)
  await page.getByLabel('CD image URL').clear()
  await next(page, 'Discs')
  await expectNothingSent(page, bigv)
})
