import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { button } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

// Each feature's own spec runs axe on its states (`check`). This file checks pages that belong to no feature.

const LONG = 'a-machine-with-a-rather-long-name.for-testing'

test.use({
  wanted: {
    groups: ['a-group-with-a-rather-long-name'],
    machines: [{ name: LONG, cores: 16, memory: 131072, group: 'a-group-with-a-rather-long-name' }],
  },
})

test('fits long names on a phone @long', async ({ page, account }) => {
  await open(page, account, listPath(account, 'a-group-with-a-rather-long-name'))
  await expect(row(page, LONG)).toBeVisible()
  await check(page, 'the list')
  await row(page, LONG).getByRole('link').click()
  await expect(button(page, LABELS.start)).toBeVisible()
  await check(page, 'the page of a machine')
})
