import { readdirSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from 'vite'
import { startWebServer } from '../deploy/testing/web-server.ts'
import { ROOT } from '../tools/run.ts'
import { expect, test } from './fixtures.ts'
import { listPath, machineLinks, open } from './steps.ts'

/** Takes the files of these modules out of a served dashboard, packed ones too, as a new version does; returns what puts them back. */
function remove(dashboard: string, modules: readonly string[]): () => void {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'dist/.vite/manifest.json'), 'utf8')) as Manifest
  const files = modules.map((module) => path.join(dashboard, manifest[module]?.file ?? 'none'))
  const folder = path.join(dashboard, 'assets')
  const gone = readdirSync(folder, { withFileTypes: true })
    .map(({ name }) => path.join(folder, name))
    .filter((file) => files.some((one) => file.startsWith(one)))
  for (const file of gone) renameSync(file, `${file}.gone`)
  return () => {
    for (const file of gone) renameSync(`${file}.gone`, file)
  }
}

test('what a new version has replaced under an open tab is said, loses nothing that was typed, and can be tried again', async ({
  page,
  account,
  servers: { bigvUrl },
}) => {
  const web = await startWebServer({ server: 'nginx', bigvUrl, dashboard: path.join(ROOT, 'dist') })
  const putBack = remove(web.dashboard, [
    'src/routes/virtual-machine/tab-discs.tsx',
    'src/routes/activity/page.tsx',
    'src/components/palette/palette.tsx',
  ])
  try {
    const settings = `${web.url}${listPath(account)}/www1?tab=settings`
    await open(page, account, settings)
    const name = page.getByLabel('Name', { exact: true })
    await name.fill('half a nam')
    const said = page.getByText('A part of the dashboard could not be loaded')
    const stays = async () => {
      await expect(said).toBeVisible()
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

    // Without a page to stay on.
    remove(web.dashboard, ['src/routes/platform.tsx'])
    await page.goto(`${web.url}/platform`)
    await expect(page.getByRole('alert')).toContainText('a part of it could not be loaded')
    await page.goto(web.url + listPath(account))
    await expect(machineLinks(page)).toHaveText(['www1'])
  } finally {
    await web.close()
  }
})
