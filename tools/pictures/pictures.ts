import type { Locator, Page } from '@playwright/test'
import type { ControlClient } from '../../simulator/control/client.ts'

/** A picture of the demo: what to do first, and which part of the page to show. */
export interface Picture {
  /** The name of its files: `NAME-light.png` and `NAME-dark.png`. */
  name: string
  size?: { width: number; height: number }
  /** How many machines are in the group default; by default 42. */
  machines?: number
  /** How fast the simulated BigV's time passes. */
  speed?: number
  /** Whether to sign in first; by default true. */
  signedIn?: boolean
  /** Whether the pointer stays where it is; by default, it leaves the page. */
  keepsPointer?: boolean
  /** Takes the steps. The whole window is shown, unless this returns a part of it. */
  show: (page: Page, demo: Demo) => Promise<Shown | void>
}

/** One element, or the page's content down to an element: from another one, or from the top. */
export type Shown =
  | { of: Locator; from?: never; downTo?: never }
  | { of?: never; from?: Locator; downTo: Locator }

interface Demo {
  url: string
  control: ControlClient
}

const GROUP = '/accounts/acme/groups/default'
const MACHINES = `${GROUP}/virtual_machines`
const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 660 }

export const PICTURES: readonly Picture[] = [
  {
    name: 'list',
    keepsPointer: true,
    size: { width: 1280, height: 620 },
    show: async (page) => {
      await addresses(page)
      await page.getByRole('link', { name: 'app2', exact: true }).hover()
    },
  },
  {
    name: 'find',
    size: { width: 1280, height: 400 },
    show: async (page, { url }) => {
      await page.goto(`${url}/accounts/acme/virtual_machines`)
      await addresses(page)
      const search = page.getByRole('combobox', { name: 'Search machines' })
      await search.fill('image:"Debian 7" memory>=4GiB ')
      return { downTo: page.getByRole('main') }
    },
  },
  {
    name: 'attention',
    size: { width: 1000, height: 900 },
    show: async (page, { url }) => {
      await page.goto(`${url}/accounts/acme`)
      await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
      await page.getByRole('meter').first().waitFor()
      return { downTo: page.getByText('Off', { exact: true }) }
    },
  },
  {
    name: 'power',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1`)
      await page.getByRole('button', { name: 'Shut down menu' }).click()
      return { downTo: page.getByRole('menu') }
    },
  },
  {
    name: 'overdue',
    size: { width: 1000, height: 460 },
    show: async (page, { url }) => {
      await page.clock.install()
      await page.goto(`${url}${MACHINES}/stubborn`)
      await page.getByRole('button', { name: 'Shut down', exact: true }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down' }).click()
      await page.getByText('overdue after 2 min').waitFor()
      await page.clock.fastForward('02:10')
      await page.getByRole('button', { name: 'Keep waiting' }).waitFor()
      return { downTo: page.getByRole('main') }
    },
  },
  {
    name: 'bulk',
    show: async (page) => {
      await addresses(page)
      await select(page, 'app')
      await bulk(page, /^Shut down \d+$/)
      return { of: page.getByRole('alertdialog') }
    },
  },
  {
    name: 'bulk-report',
    speed: 20,
    show: async (page, { control }) => {
      await addresses(page)
      await control.addFault({
        kind: 'status',
        status: 503,
        match: { method: 'POST', path: '/signal' },
        times: 1,
      })
      await select(page, 'app')
      await bulk(page, /^Shut down \d+$/)
      const dialog = page.getByRole('alertdialog')
      await dialog.getByRole('button', { name: /^Shut down/ }).click()
      await page.getByRole('button', { name: /^Bulk runs:/ }).click()
      await page
        .getByText(/Finished/)
        .first()
        .waitFor({ timeout: 60_000 })
      return { of: page.getByRole('dialog', { name: 'Bulk runs' }) }
    },
  },
  {
    name: 'keys',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1?tab=keys`)
      await page.getByRole('button', { name: 'Enter', exact: true }).click()
      const sent = page.getByText(/^Enter sent at/)
      await sent.waitFor()
      return { from: page.getByRole('navigation', { name: 'Machine' }), downTo: sent }
    },
  },
  {
    name: 'create',
    show: async (page, { url }) => {
      await page.goto(`${url}${GROUP}/vm_create`)
      await page.getByLabel('Name', { exact: true }).fill('web{20..23}')
      await page.getByRole('radio', { name: /^2 cores/ }).check()
      return { downTo: page.getByLabel('Memory') }
    },
  },
  {
    name: 'reimage',
    size: { width: 1000, height: 720 },
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1`)
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Re-image…' }).click()
      await page.getByRole('dialog').getByRole('radio', { name: 'wheezy' }).check()
      return { of: page.getByRole('dialog') }
    },
  },
  {
    name: 'rescue',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1`)
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Rescue…' }).click()
      return { of: page.getByRole('alertdialog') }
    },
  },
  {
    name: 'hardware',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1?tab=settings`)
      await page.getByLabel('Cores').fill('8')
      return {
        from: page.getByRole('navigation', { name: 'Machine' }),
        downTo: page.getByRole('button', { name: 'Save for next restart' }),
      }
    },
  },
  {
    name: 'plan',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1?tab=settings`)
      await page.getByLabel('Cores').fill('8')
      await page.getByRole('button', { name: 'Apply now: shut down, change, start…' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down, change, start' }).click()
      await page.getByText('overdue after 2 min').waitFor()
      return { downTo: page.getByText(/^Start, with automatic restart/) }
    },
  },
  {
    name: 'discs',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1?tab=discs`)
      await page.getByRole('heading', { name: 'Backups' }).waitFor()
      return {
        from: page.getByRole('navigation', { name: 'Machine' }),
        downTo: page.getByRole('listitem').filter({ hasText: 'No backups yet.' }),
      }
    },
  },
  {
    name: 'swap',
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1?tab=network`)
      await page.getByRole('button', { name: 'Swap addresses…' }).click()
      const dialog = page.getByRole('alertdialog')
      await dialog.getByLabel('Machine').selectOption('app2')
      await dialog.getByRole('row', { name: /^app2/ }).waitFor()
      return { of: dialog }
    },
  },
  {
    name: 'deleted',
    size: WIDE,
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}?deleted=only`)
      return { downTo: page.getByText(/^You can undelete them/) }
    },
  },
  {
    name: 'access',
    size: WIDE,
    show: async (page, { url }) => {
      await page.goto(`${url}/accounts/acme/privileges`)
      await page
        .getByRole('button', { name: /^Grant/ })
        .first()
        .waitFor()
      return { downTo: page.getByText(/^These apply/) }
    },
  },
  {
    name: 'activity',
    speed: 10,
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app2?tab=settings`)
      await page.getByLabel('Cores').fill('8')
      await page.getByRole('button', { name: 'Apply now: shut down, change, start…' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down, change, start' }).click()
      await page.getByText('Shut down, change, start: done').waitFor({ timeout: 60_000 })
      await page.goto(`${url}${MACHINES}/web1`)
      await page.getByRole('button', { name: 'Shut down', exact: true }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down' }).click()
      await page
        .getByRole('navigation', { name: 'You' })
        .getByRole('link', { name: /^Activity/ })
        .click()
      await page.getByRole('radio', { name: /^Done\s*2/ }).waitFor({ timeout: 60_000 })
      await page.getByRole('button', { name: 'Details of Shut down web1' }).click()
      return { downTo: page.getByText(/^Running actions/) }
    },
  },
  {
    name: 'timeline',
    show: async (page, { url, control }) => {
      await page.clock.install()
      await page.goto(`${url}/accounts/acme/groups/staging/virtual_machines`)
      await addresses(page)
      const changes = new Map([
        [15, { name: 'web1', power_on: false }],
        [24, { name: 'web2', power_on: true }],
        [30, { name: 'web1', power_on: true }],
        [51, { name: 'db1', power_on: false }],
      ])
      for (let refresh = 0; refresh < 72; refresh++) {
        const change = changes.get(refresh)
        if (change) {
          const link = page.getByRole('link', { name: change.name, exact: true })
          const id = Number((await link.getAttribute('href'))?.split('/').at(-1))
          await control.setMachine(id, { power_on: change.power_on })
        }
        const answer = page.waitForResponse(/virtual_machines/)
        await page.clock.runFor(11_000)
        await answer
      }
      await page.getByRole('button', { name: 'View', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Timeline' }).click()
      return { of: page.getByRole('dialog') }
    },
  },
  {
    name: 'heads',
    machines: 16,
    show: async (page, { url }) => {
      await page.goto(`${url}/platform`)
      await page.getByRole('list', { name: 'Heads' }).getByRole('link').first().waitFor()
      return { downTo: page.getByText(/^BigV names/) }
    },
  },
  {
    name: 'sign-in',
    signedIn: false,
    size: { width: 1000, height: 780 },
    show: async (page) => {
      await page.getByLabel('Username').fill('yubi')
      await page.getByLabel('Password', { exact: true }).fill('yubi')
      await page.getByText('Options', { exact: true }).click()
      return { of: page.getByRole('main') }
    },
  },
  {
    name: 'user-menu',
    show: async (page) => {
      await addresses(page)
      await page.getByRole('button', { name: /^Settings of/ }).click()
      return { of: page.getByRole('menu') }
    },
  },
  {
    name: 'phone',
    size: PHONE,
    show: async (page) => {
      await page.getByRole('link', { name: 'app1', exact: true }).waitFor()
      await addresses(page)
    },
  },
  {
    name: 'phone-machine',
    size: PHONE,
    show: async (page, { url }) => {
      await page.goto(`${url}${MACHINES}/app1`)
      await page.getByRole('group', { name: 'Actions' }).waitFor()
    },
  },
]

/** Waits for a list whose addresses are there. */
async function addresses(page: Page): Promise<void> {
  await page
    .getByText(/\d+\.\d+\.\d+\.\d+/)
    .first()
    .waitFor()
}

/** Selects all machines of the list that the search finds. */
async function select(page: Page, search: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Search machines' }).fill(`${search} `)
  await page.getByRole('checkbox', { name: /^Select all/ }).press('Space')
}

async function bulk(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Selected machines' }).getByRole('button', { name }).click()
}
