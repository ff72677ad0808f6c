import { check } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { storedText } from './secrets.ts'
import { fillSignIn } from './steps/sign-in.ts'
import { createPath, next, expectStep, openWizard, goToReview } from './wizard.ts'

test.use({ wanted: { otpRequired: true, machines: [{ name: 'www1' }, { name: 'web2', deleted: true }] } })

interface Body {
  virtual_machine: { name: string }
  reimage: { root_password: string }
}

test('expands braces in a name into several machines with one request each', async ({ page, account }) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web{1..')
  await page.getByRole('button', { name: 'Next: image' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(/Unmatched brace/)
  await page.getByLabel('Name').fill('web{1..5}')
  await expect(page.getByRole('link', { name: 'Open deleted machine web2' })).toBeVisible()
  await page.getByLabel('Name').fill('web{3..6}')
  await expect(page.getByText('4 machines, one request each: web3, web4, web5, web6')).toBeVisible()
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await next(page, 'Discs')
  await next(page, 'Review')
  const preview = page.getByRole('main').locator('details pre')
  for (const name of ['web3', 'web4', 'web5', 'web6']) await expect(preview).toContainText(name)
  // No machine has been created yet, so nobody knows how many would be requested in time.
  await expect(page.getByText(/^Your OTP expires at \d\d:\d\d\.$/)).toBeVisible()
})

test('says that each machine gets its own password only if there are several @long', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  const password = page.getByRole('group', { name: 'Root password' })
  for (const [name, hint] of [
    ['web3', 'Shown once after creation. Copy it then.'],
    ['web{3..6}', 'Each machine gets its own, shown once after creation. Copy it then.'],
  ] as const) {
    await page.getByLabel('Name').fill(name)
    await next(page, 'Image')
    await expect(password).toHaveAccessibleDescription(hint)
    await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Machine' }).click()
    await expectStep(page, 'Machine')
  }
})

test('creates several machines with one request each, and retries only failed ones @long', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web{3..6}')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await next(page, 'Discs')
  await next(page, 'Review')
  await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: { cores: ['is unlucky'] } })
  await bigv.failNext(account, 'POST', { kind: 'cut-after-processing' })
  await page.getByRole('button', { name: 'Create 4 machines' }).click()
  const machines = page.getByRole('list', { name: 'Machines' }).getByRole('listitem')
  await expect(machines).toContainText([
    /web3.*Refused.*BigV said: cores is unlucky/,
    /web4.*(Unclear|Accepted).*exists/,
    /web5.*Created/,
    /web6.*Created/,
  ])
  const names = async () => (await writes(bigv)).map(({ body }) => (body as Body).virtual_machine.name)
  expect(await names()).toEqual(['web3', 'web4', 'web5', 'web6'])
  await check(page, 'the results of several machines')

  // Each machine has its own password. A refused machine's is not shown.
  const sent = (await writes(bigv)).map(({ body }) => (body as Body).reimage.root_password)
  expect(new Set(sent).size).toBe(4)
  await expect(page.getByText(sent[0] ?? '')).toBeHidden()
  for (const [index, password] of sent.entries())
    if (index > 0) await expect(machines.nth(index)).toContainText(password)
  await expect(page.getByRole('button', { name: 'Copy all names and passwords' })).toBeVisible()
  const stored = await storedText(page)
  for (const password of sent) expect(stored.session + stored.elsewhere).not.toContain(password)
  await page.getByRole('button', { name: 'I’ve copied it: the root password of web6' }).click()
  await expect(page.getByText(sent[3] ?? '')).toBeHidden()

  await test.step('keeps the results while other pages are open', async () => {
    await page.getByRole('link', { name: 'View machines' }).click()
    await page.getByRole('link', { name: 'Create machine' }).click()
    await expect(page.getByText('Batch of 4 machines: 3 created, 1 failed.')).toBeVisible()
    await page.getByRole('link', { name: 'Show' }).click()
    await expect(machines.nth(1)).toContainText(sent[1] ?? '')
  })
  await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: { cores: ['is unlucky'] } })
  await page.getByRole('button', { name: 'Try web3 again' }).click()
  await expect(machines).toContainText([
    /web3.*Refused/,
    /web4.*Accepted.*No answer from BigV, but the machine exists/,
    'web5',
    'web6',
  ])
  expect(await names()).toEqual(['web3', 'web4', 'web5', 'web6', 'web3'])
  // A retry uses the password generated before.
  await expect
    .poll(async () => (await writes(bigv)).at(-1))
    .toMatchObject({
      body: { reimage: { root_password: sent[0] } },
    })

  await test.step('keeps the results over a reload, but not the requests', async () => {
    await page.reload()
    await expect(machines).toHaveCount(4)
    const again = page.getByRole('button', { name: 'Try web3 again' })
    await expect(again).toBeDisabled()
    await expect(again).toHaveAccessibleDescription(/Fill in the form again/)
    await page.getByRole('button', { name: 'Open the form for web3' }).click()
    await expectStep(page, 'Machine')
    await expect(page.getByLabel('Name')).toHaveValue('web3')
  })
})

test('asks before the tab is closed, and on request creates no more machines @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.goto(`${createPath(account)}?name=web{3..5}&distribution=wheezy`)
  await fillSignIn(page, account)
  await expect(page.getByLabel('Name')).toHaveValue('web{3..5}')
  await goToReview(page)
  await bigv.failNext(account, 'POST', { kind: 'hang' })
  await page.getByRole('button', { name: 'Create 3 machines' }).click()
  const machines = page.getByRole('list', { name: 'Machines' }).getByRole('listitem')
  await expect(machines).toContainText([/web3.*Sending…/, /web4.*Queued/, /web5.*Queued/])
  const unloadDialog = page.waitForEvent('dialog')
  const closing = page.close({ runBeforeUnload: true })
  expect((await unloadDialog).type()).toBe('beforeunload')
  await (await unloadDialog).dismiss()
  await closing
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled()
  await bigv.clearFaults()
  await expect(machines).toContainText([
    /web3.*(Creating…|Created|Unclear)/,
    /web4.*Not sent/,
    /web5.*Not sent/,
  ])
  await expect(page.getByRole('button', { name: /^Try/ })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(1)
})
