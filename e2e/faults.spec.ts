import type { Fault } from '../simulator/control/types.ts'
import { expect, test, type Page } from './fixtures.ts'
import { confirm, listPath, open, openMachine, row, writes } from './steps.ts'

// Everything that can go wrong with a request, once for a reading, a write, a form and a plan. Which message each has is told by
// src/api/faults.test.ts; here it is seen that the page says it, keeps what it has, repeats no write, and leaves a way on.

/** A fault, what is said of it, and how the line of the request ends. */
type Trouble = [fault: Fault, words: string, end: RegExp | string]

const REFUSALS: Trouble[] = [
  [{ kind: 'status', status: 400, body: { name: ['is odd'] } }, 'It said: name is odd.', '→ 400 after'],
  [{ kind: 'status', status: 400, body: 'It must be off.' }, 'It said: It must be off.', '→ 400 after'],
  [{ kind: 'status', status: 404, body: '' }, 'nothing there, or it is not yours to see', '→ 404 after'],
  [{ kind: 'status', status: 409, body: '' }, 'BigV refused (409)', '→ 409 after'],
  [{ kind: 'status', status: 413, body: '' }, 'BigV refused (413)', '→ 413 after'],
  [{ kind: 'status', status: 422, body: '' }, 'BigV refused (422)', '→ 422 after'],
  [
    { kind: 'status', status: 429, body: '', headers: { 'Retry-After': '30' } },
    'BigV asks to slow down',
    '→ 429 after',
  ],
]
/** After these nobody knows whether BigV did it. */
const UNCLEAR: Trouble[] = [
  [{ kind: 'hang' }, 'BigV did not answer in time', '→ no answer after'],
  [{ kind: 'cut-before' }, 'The connection to BigV broke', '→ 502 after'],
  [{ kind: 'status', status: 500, body: '' }, 'BigV failed (500)', '→ 500 after'],
  [{ kind: 'status', status: 502, body: 'Bad gateway' }, 'BigV failed (502)', '→ 502 after'],
  [{ kind: 'html', status: 503 }, 'BigV is out of service', '→ 503 after'],
  [{ kind: 'html' }, 'was a web page', '→ 200 after'],
  [
    { kind: 'status', status: 307, body: '', headers: { Location: 'http://127.0.0.1:9/' } },
    'a redirect to elsewhere, which is not followed',
    'after',
  ],
]
const FORBIDDEN: Trouble = [{ kind: 'status', status: 403, body: '' }, 'You may not do this', '→ 403 after']
/** Only to a reading are these no answer. */
const NO_READING: Trouble[] = [
  [{ kind: 'cut-after-headers' }, "BigV's answer broke off", '→ 200 after'],
  [{ kind: 'empty', status: 204 }, 'the whole is missing or of another form', '→ 204 after'],
  [{ kind: 'status', status: 200, body: [1, 'two'] }, 'missing or of another form', '→ 200 after'],
  [{ kind: 'truncated' }, 'should have been JSON', '→ 200 after'],
  [
    { kind: 'status', status: 200, body: '[{"x":1}]'.padEnd(1_000), repeat: 10_000 },
    'was something else',
    '→ 200 after',
  ],
]

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 2048 },
      { name: 'off1' },
    ],
  },
})

/** Lets the page watch, reading by reading, until it shows this. */
async function isSeen(page: Page, text: string) {
  await expect(async () => {
    await page.clock.runFor(2_500)
    await expect(page.getByText(text, { exact: true })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

// The limit of a request is one of the browser's own, which the page's clock does not move.
test.beforeEach(async ({ page }) => {
  await page.clock.install()
  await page.addInitScript(() => {
    AbortSignal.timeout = (ms) => {
      const limit = new AbortController()
      setTimeout(() => limit.abort(new DOMException('Time is up.', 'TimeoutError')), ms)
      return limit.signal
    }
  })
})

test('a list that cannot be read says why, keeps what it has, and is read when one asks for it', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  const told = page.getByRole('status').filter({ hasText: 'Not refreshed' })
  await expect(row(page, 'www1')).toBeVisible()
  await page.getByLabel('Search machines').fill('www')
  for (const [fault, words, end] of [...REFUSALS, ...UNCLEAR, FORBIDDEN, ...NO_READING]) {
    await bigv.addFault({ ...fault, match: { path: 'virtual_machines$', account: account.account } })
    const since = (await bigv.requests()).length
    await page.clock.fastForward(10_000)
    if (fault.kind === 'hang') {
      await expect.poll(async () => (await bigv.requests()).length).toBeGreaterThan(since)
      await page.clock.fastForward(20_000)
    }
    await expect(told).toContainText(words)
    await expect(told).toContainText(`GET ${listPath(account)} `)
    await expect(told).toContainText(end)
    await expect(row(page, 'www1')).toBeVisible()
    await expect(page.getByLabel('Search machines')).toHaveValue('www')
    await bigv.clearFaults()
    await told.getByRole('button', { name: 'Try now' }).click()
    await expect(told).toBeHidden()
  }
})

test('a machine that cannot be started, or a change that is not taken, says why, is sent once, and can be sent anew', async ({
  page,
  account,
  bigv,
}) => {
  test.slow()
  await openMachine(page, account, 'off1')
  const { id = 0 } = account.machines[1] ?? {}
  const match = { method: 'PUT', account: account.account }
  let sent = 0
  /** Sends one more write that goes wrong, and waits for what is to be said. */
  const goesWrong = async (fault: Fault, press: () => Promise<void>) => {
    await bigv.addFault({ ...fault, match })
    await press()
    sent += 1
    await expect.poll(() => writes(bigv, account)).toHaveLength(sent)
    if (fault.kind === 'hang') await page.clock.fastForward(600_000)
  }
  const toast = (text: string) => page.getByRole('listitem').filter({ hasText: `off1: ${text}` })

  for (const [fault, words] of REFUSALS) {
    await goesWrong(fault, () => button(page, 'Start').click())
    await expect(toast('refused')).toContainText(words)
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  }
  for (const [fault, words] of UNCLEAR) {
    await goesWrong(fault, () => button(page, 'Start').click())
    await expect(toast('not known')).toContainText(words)
    await expect(toast('not known')).toContainText('it shows: Stopped')
    await expect(toast('not known').getByRole('button', { name: 'Send again' })).toBeVisible()
  }
  // What says nothing more than “yes” is none the worse for a write.
  await goesWrong({ kind: 'empty', status: 204, apply: true }, () => button(page, 'Start').click())
  await bigv.advance(10_000)
  await isSeen(page, 'Running')
  await goesWrong({ kind: 'status', status: 200, body: [1], apply: true }, () =>
    confirm(page, 'Stop', 'off1'),
  )
  await bigv.advance(10_000)
  await isSeen(page, 'Stopped')
  await goesWrong({ kind: 'cut-after-headers' }, () => button(page, 'Start').click())
  await expect(toast('not known')).toContainText('broke off')
  await expect(toast('not known')).toContainText('it shows: Restarting, autoreboot_on yes.')

  await page.getByRole('link', { name: 'Settings' }).click()
  const form = page.getByRole('region', { name: 'Name and group' })
  const name = form.getByLabel('Name')
  await name.fill('web9')
  for (const [fault, words, end] of [...REFUSALS, ...UNCLEAR, FORBIDDEN]) {
    await goesWrong(fault, () => form.getByRole('button', { name: 'Save' }).click())
    await expect(form.getByRole('alert')).toContainText(words)
    await expect(form.getByRole('alert')).toContainText(end)
    await expect(form.getByRole('alert')).toContainText(`PUT ${listPath(account)}/${id} `)
    await expect(name).toHaveValue('web9')
  }
  await expect(form.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    /You may not do this|BigV/,
  )
  await page.getByRole('link', { name: /Activity/ }).click()
  const requests = page.getByRole('list', { name: 'Requests' })
  await expect(requests).toHaveCount(sent)
  await expect(requests.filter({ hasText: /429 · \d+\.\d\d s/ }).first()).toContainText(
    `PUT ${listPath(account)}/${id}`,
  )
  await expect.poll(() => writes(bigv, account)).toHaveLength(sent)
})

test('a plan halts at each of them, says what is so, and goes on when one says so', async ({
  page,
  account,
  bigv,
}) => {
  test.slow()
  await open(page, account, `${listPath(account)}/www1?tab=settings`)
  const hardware = page.getByRole('region', { name: 'Hardware' })
  await hardware.getByLabel('Cores').fill('2')
  await button(page, 'Shut down, change, start…').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down, change, start' }).click()
  const panel = page.getByRole('region', { name: 'Plan' })
  await expect.poll(() => writes(bigv, account)).toHaveLength(2)
  const { id = 0 } = account.machines[0] ?? {}
  const match = { method: 'PUT', account: account.account }
  const troubles = [...REFUSALS, ...UNCLEAR]
  for (const [index, [fault, words]] of troubles.entries()) {
    await bigv.addFault({ ...fault, match })
    if (index === 0) {
      await bigv.setMachine(id, { power_on: false })
      await page.clock.runFor(2_500)
    } else await panel.getByRole('button', { name: 'Go on' }).click()
    await expect.poll(() => writes(bigv, account)).toHaveLength(3 + index)
    if (fault.kind === 'hang') await page.clock.fastForward(600_000)
    await expect(panel).toContainText('Shut down, change, start: halted')
    await expect(panel).toContainText(words)
    await expect(panel).toContainText('autoreboot_on is no; before this it was yes.')
  }
  await panel.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => writes(bigv, account)).toHaveLength(troubles.length + 4)
  await bigv.advance(60_000)
  await page.clock.runFor(2_500)
  await expect(panel).toContainText('Shut down, change, start: done')
})
