import { readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { startWebServer } from '../deploy/testing/web-server.ts'
import { ROOT } from '../tools/root.ts'
import { listPath } from './account.ts'
import { builtFile } from './built-files.ts'
import { expect, test } from './fixtures.ts'
import { machineLinks } from './steps/list.ts'
import { basic, open } from './steps/sign-in.ts'

/** Takes the files of these modules out of a served dashboard, packed ones too, as a new version does; returns what puts them back. */
function remove(dashboard: string, modules: readonly string[]): () => void {
  const files = modules.map((module) => path.join(dashboard, builtFile(module)))
  const folder = path.join(dashboard, 'assets')
  const gone = readdirSync(folder, { withFileTypes: true })
    .map(({ name }) => path.join(folder, name))
    .filter((file) => files.some((one) => file.startsWith(one)))
  for (const file of gone) renameSync(file, `${file}.gone`)
  return () => {
    for (const file of gone) renameSync(`${file}.gone`, file)
  }
}

test('what a new version has replaced is said, loses nothing typed, and can be tried again', async ({
  page,
  account,
  servers: { bigvUrl },
}) => {
  const web = await startWebServer({ server: 'nginx', bigvUrl, dashboard: path.join(ROOT, 'dist') })
  const putBack = remove(web.dashboard, [
    'src/features/machine/discs/tab.tsx',
    'src/features/activity/page.tsx',
    'src/app/palette/palette.tsx',
  ])
  try {
    const settings = `${web.url}${listPath(account)}/www1?tab=settings`
    await open(page, account, settings)
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('half a nam')
    const said = page.getByText('Part of the page failed to load')
    const anew = page.getByRole('button', { name: 'Reload' })
    const stays = async () => {
      await expect(said).toBeVisible()
      await expect(anew).toBeVisible()
      await expect(page).toHaveURL(settings)
      await expect(name).toHaveValue('half a nam')
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await expect(said).toBeHidden()
    }

    await page.getByRole('link', { name: 'Discs', exact: true }).click()
    await stays()
    await page.keyboard.press('Control+k')
    await stays()
    await page.getByRole('link', { name: 'Activity', exact: true }).click()
    await stays()

    putBack()
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Activity', exact: true }).click()
    await expect(page).toHaveURL(`${web.url}/activity`)
    await page.goBack()
    await page.getByRole('link', { name: 'Discs', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Discs' })).toBeVisible()

    // A press of it loses nothing without asking.
    remove(web.dashboard, ['src/features/platform/page.tsx'])
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await expect(name).toHaveValue('half a nam')
    const loadAnew = async (accept: boolean) => {
      await page.getByRole('link', { name: 'Platform', exact: true }).click()
      await expect(said).toBeVisible()
      const asking = page.waitForEvent('dialog')
      const press = anew.click()
      const question = await asking
      expect(question.type()).toBe('beforeunload')
      await (accept ? question.accept() : question.dismiss())
      await press
    }
    await loadAnew(false)
    await expect(name).toHaveValue('half a nam')
    await loadAnew(true)
    await expect(name).toHaveValue('www1')
    await expect(said).toBeHidden()

    // Without a page to stay on. What it says to pass on holds no secret.
    await page.goto(`${web.url}/platform`)
    const broken = page.getByRole('alert')
    await expect(broken).toContainText('part of it failed to load')
    await broken.getByText('Details').click()
    await expect(broken).toContainText(builtFile('src/features/platform/page.tsx'))
    const credentials = basic(account.username, account.password)
    for (const secret of [account.password, credentials.slice('Basic '.length)])
      expect(await page.content()).not.toContain(secret)
    await expect(anew).toBeVisible()
    await page.goto(web.url + listPath(account))
    await expect(machineLinks(page)).toHaveText(['www1'])
  } finally {
    await web.close()
  }
})
