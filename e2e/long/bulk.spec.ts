import type { NewAccount } from '../../simulator/control/client.ts'
import { expect, type Page, test } from '../fixtures.ts'
import { LABELS } from '../labels.ts'
import { batchPanel, batchProgress, chooseBulk, searchBox, selectAll } from '../steps/list.ts'
import { dialogNamed, download } from '../steps/page.ts'
import { open, signInAgainDialog } from '../steps/sign-in.ts'

const FLEET = 10_000
const CHOSEN = 1_000
const FAULTS = ['refused', 'failed', 'cut before', 'cut after', 'cut in the answer'] as const

/** Pseudo-random numbers from 0 to 1, the same in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

interface Reported {
  id: number
  name: string
  result: string
  note: string
  attempts: number
  requests: { status: number | null }[]
}

const button = (page: Page, name: string | RegExp) => batchPanel(page).getByRole('button', { name })

async function report(page: Page): Promise<Reported[]> {
  const { text } = await download(page, () => button(page, 'JSON').click())
  return (JSON.parse(text) as { machines: Reported[] }).machines
}

test.use({
  wanted: {
    machines: Array.from({ length: FLEET }, (_, at) =>
      at % (FLEET / CHOSEN) === 0 ? { name: `chosen${at}` } : { name: `other${at}`, power_on: at % 3 === 0 },
    ),
  },
})

test('reports the true result of each of 1,000 starts when one in twenty fails', async ({
  page,
  account,
  bigv,
}) => {
  const chosen = account.machines.filter(({ name }) => name.startsWith('chosen'))
  const random = randomNumbers(1)
  const faults = new Map<number, (typeof FAULTS)[number]>()
  for (const { id } of chosen) {
    if (random() >= 0.05) continue
    const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? 'refused'
    faults.set(id, fault)
    const match = { method: 'PUT', path: `virtual_machines/${id}$` }
    if (fault === 'refused') await bigv.addFault({ kind: 'status', status: 400, body: 'no room', match })
    if (fault === 'failed') await bigv.addFault({ kind: 'status', status: 500, match })
    if (fault === 'cut before') await bigv.addFault({ kind: 'cut-before', match })
    if (fault === 'cut after') await bigv.addFault({ kind: 'cut-after-processing', match })
    if (fault === 'cut in the answer') await bigv.addFault({ kind: 'cut-after-headers', match })
  }

  await open(page, account)
  await searchBox(page).fill('chosen')
  await expect(page.getByText(`${CHOSEN} of ${FLEET} machines`)).toBeVisible({ timeout: 60_000 })
  await selectAll(page)
  await bigv.clearRequests()
  await chooseBulk(page, LABELS.start)
  const dialog = dialogNamed(page)
  await expect(dialog).toContainText(`Start ${CHOSEN}.`)
  await dialog.getByText('Options').click()
  await dialog.getByLabel('In parallel').fill('20')
  const startedAt = Date.now()
  await dialog.getByRole('button', { name: `Start ${CHOSEN} machines` }).click()
  const progress = batchProgress(page)
  await expect(progress).toHaveText(/[1-9]\d\/1000/, { timeout: 120_000 })

  await test.step('pauses, and survives a cut list and a 401', async () => {
    await progress.click()
    await button(page, 'Pause').click()
    await expect(batchPanel(page)).not.toContainText('running', { timeout: 60_000 })
    const sent = await writesById(account)
    await page.waitForFunction((until) => Date.now() > until, Date.now() + 3_000)
    expect(await writesById(account)).toEqual(sent)
    await bigv.addFault({
      kind: 'cut-before',
      match: { method: 'GET', path: 'virtual_machines$', account: account.account },
    })
    const next = chosen.find(({ id }) => !sent.has(id) && !faults.has(id))
    if (!next) throw new Error('Every machine has been sent to.')
    await bigv.failNext(account, 'PUT', { kind: 'status', status: 401 }, `virtual_machines/${next.id}$`)
    faults.set(next.id, 'refused')
    await button(page, /^Resume/).click()
    const again = signInAgainDialog(page)
    await again.getByLabel('Password', { exact: true }).fill(account.password, { timeout: 60_000 })
    await again.getByRole('button', { name: 'Sign in' }).click()
    faults.delete(next.id)
  })

  async function writesById({ account: name }: NewAccount): Promise<Map<number, (number | null)[]>> {
    const sent = new Map<number, (number | null)[]>()
    for (const { method, path, status } of await bigv.requests({ account: name })) {
      if (method === 'GET') continue
      const id = Number(path.split('/').at(-1))
      sent.set(id, [...(sent.get(id) ?? []), status])
    }
    return sent
  }

  await test.step('reports each result as BigV has it', async () => {
    await expect(batchPanel(page).getByText('Finished', { exact: true })).toBeVisible({
      timeout: 15 * 60_000,
    })
    const tens = (Date.now() - startedAt) / 10_000
    const requested = await bigv.requests({ account: account.account })
    // The list is fetched every 10 s by the page and at most every 5 s by the run; single machines only at the end and when unclear.
    const lists = requested.filter(
      ({ method, path }) => method === 'GET' && path.endsWith('virtual_machines'),
    )
    expect(lists.length).toBeLessThanOrEqual(3 * tens + 6)
    expect(requested.length - lists.length).toBeLessThan(CHOSEN + 100)
    const isOn = async (id: number) => (await bigv.machine(id)).power_on
    // A later fetch of the list shows which unclear starts were carried out, and corrects their results.
    await expect(async () => {
      const unclear = (await report(page)).filter(({ result }) => result === 'unclear')
      for (const { id, name } of unclear) expect(await isOn(id), name).toBe(false)
    }).toPass({ timeout: 60_000 })
    const [machines, sent] = [await report(page), await writesById(account)]
    expect(machines.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(
      chosen.map(({ id }) => id).toSorted((a, b) => a - b),
    )
    expect([...sent.keys()].every((id) => chosen.some((each) => each.id === id))).toBe(true)
    for (const { id, name, result, note, attempts, requests } of machines) {
      const power_on = await isOn(id)
      const answered = (sent.get(id) ?? []).filter((status) => status !== 401)
      expect([name, answered.length, attempts], name).toEqual([name, 1, 1])
      expect(requests.length).toBe(sent.get(id)?.length)
      const fault = faults.get(id)
      expect([name, result]).toEqual([name, fault === 'refused' ? 'refused' : power_on ? 'done' : 'unclear'])
      if (fault === undefined) expect(power_on, name).toBe(true)
      if (result === 'refused') expect(power_on, name).toBe(false)
      if (result === 'unclear') expect(note).toContain(': Stopped')
    }
  })

  await test.step('retries the failed machines, and starts none twice', async () => {
    const before = await report(page)
    const done = new Set<number>()
    for (const { id } of before) if ((await bigv.machine(id)).power_on) done.add(id)
    await bigv.clearRequests()
    await button(page, /^Retry \(/).click()
    const failed = before.filter(({ result }) => result !== 'done')
    const left = failed.filter(({ id }) => !done.has(id))
    await dialog.getByRole('button', { name: `Start ${left.length} machines` }).click({ timeout: 60_000 })
    await expect(batchPanel(page)).toContainText(`${CHOSEN} of ${CHOSEN}: ${CHOSEN} done`, {
      timeout: 5 * 60_000,
    })
    const sent = await writesById(account)
    expect([...sent.keys()].toSorted((a, b) => a - b)).toEqual(
      left.map(({ id }) => id).toSorted((a, b) => a - b),
    )
    for (const { id } of chosen) expect((await bigv.machine(id)).power_on).toBe(true)
  })
})
