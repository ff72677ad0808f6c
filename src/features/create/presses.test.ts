// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { act, createElement as h } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/query-client.ts'
import { answerAll } from '../../api/testing/answered.ts'
import { CREDENTIALS } from '../../api/testing/calls.ts'
import { z } from '../../lib/schema.ts'
import { clearOperations } from '../../operations/store.ts'
import { signIn, signOut } from '../../session/session.ts'
import { preloadLazy } from '../../ui/lazy.tsx'
import { dropDraft } from './form/draft.ts'
import { Component } from './page.tsx'
import { DEFINITIONS } from './testing/filled.ts'

// Presses the wizard's buttons and fields at random, and compares what it sends with BigV's rules.

const GROUP = '/accounts/acme/groups/default'
const { distributions, storage_grades, hardware_profiles, keymaps, zone_names } = DEFINITIONS

const filledIn = z.string().check(z.minLength(1))
const whole = (least: number) => z.int().check(z.minimum(least))

/** The rules of docs/bigv-api.md#creation. They are stricter in one point: null and empty texts, which BigV treats as missing, fail. */
const machineRules = z.strictObject({
  name: z.string().check(z.regex(/^[^/]*[^/\d][^/]*$/)),
  cores: whole(1),
  memory: whole(1),
  hardware_profile: z.optional(z.enum(hardware_profiles)),
  hardware_profile_locked: z.optional(z.literal(true)),
  zone_name: z.optional(z.enum(zone_names)),
  keymap: z.optional(z.enum(keymaps)),
  cdrom_url: z.optional(z.string().check(z.regex(/^https?:/))),
  power_on: z.boolean(),
  autoreboot_on: z.boolean(),
})
const disc = z.strictObject({ label: filledIn, size: whole(50), storage_grade: z.enum(storage_grades) })
const image = z
  .strictObject({
    distribution: z.enum(distributions),
    root_password: z.optional(filledIn),
    ssh_public_key: z.optional(filledIn),
    firstboot_script: z.optional(z.string().check(z.regex(/^#!/))),
  })
  .check(z.refine(({ root_password, ssh_public_key }) => Boolean(root_password ?? ssh_public_key)))
const bundleRules = z
  .strictObject({
    virtual_machine: machineRules,
    discs: z.optional(z.array(disc).check(z.minLength(1), z.maxLength(8))),
    reimage: z.optional(image),
    ips: z.optional(z.strictObject({ ipv4: z.optional(z.ipv4()), ipv6: z.optional(z.ipv6()) })),
  })
  .check(
    z.refine(({ discs, reimage }) => reimage === undefined || discs !== undefined),
    z.refine(({ discs = [] }) => new Set(discs.map(({ label }) => label)).size === discs.length),
  )

type Json = Record<string, unknown>

let root: Root | undefined
let address = `${GROUP}/vm_create`
let sent: { path: string; body: unknown }[] = []
/** How many of the next requests to create a machine get no answer. BigV refuses the requests after those. */
let cuts = 0
let answerDefinitions = () => {}

/** Simulates a BigV that has an empty group and creates no machine. Late definitions arrive when the test calls `answerDefinitions`. */
function answer(definitionsAreLate: boolean): void {
  answerAll(() => [])
  const definitions = Object.entries(DEFINITIONS).map(([id, data]) => ({ id, data }))
  const loaded = new Promise<void>((done) => (answerDefinitions = done))
  if (!definitionsAreLate) answerDefinitions()
  vi.stubGlobal('fetch', async (input: Request) => {
    const path = new URL(input.url).pathname.replace(/^\/api/, '')
    if (input.method === 'POST') {
      sent.push({ path, body: await input.json() })
      cuts -= 1
      if (cuts >= 0) throw new TypeError('cut')
      return new Response('{}', { status: 400 })
    }
    if (path === '/definitions') {
      await loaded
      return new Response(JSON.stringify(definitions))
    }
    return /virtual_machines\/./.test(path) ? new Response('', { status: 404 }) : new Response('[]')
  })
}

async function open(): Promise<void> {
  const path = '/accounts/:account/groups/:group/vm_create'
  const router = createMemoryRouter([{ path, Component }, { path: '*' }], { initialEntries: [address] })
  router.subscribe(({ location }) => (address = location.pathname + location.search))
  root = createRoot(document.body.appendChild(document.createElement('main')))
  const page = h(QueryClientProvider, { client: queryClient }, h(RouterProvider, { router }))
  await act(async () => root?.render(page))
  await settle()
}

async function close(): Promise<void> {
  await act(async () => root?.unmount())
  document.body.replaceChildren()
  queryClient.clear()
}

/** Lets the answers of `fetch` arrive. */
const settle = () => act(() => new Promise<void>((done) => void setTimeout(done)))

const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)]
const textOf = (element: Element | null) => element?.textContent ?? ''
const labelOf = (control: Element) => textOf(document.querySelector(`label[for="${control.id}"]`))

/** Moves the focus, as pressing an element does, which makes the wizard's fields handle a blur. */
async function focus(element: HTMLElement): Promise<void> {
  await act(async () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    element.focus()
  })
}

async function press(element: HTMLElement | undefined): Promise<void> {
  if (element === undefined) return
  await focus(element)
  await act(async () => element.click())
  await settle()
}

async function enter(control: Element, value: string): Promise<void> {
  await act(async () => {
    const kind = Object.getPrototypeOf(control) as object
    Object.getOwnPropertyDescriptor(kind, 'value')?.set?.call(control, value)
    control.dispatchEvent(
      new Event(control instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }),
    )
  })
}

const button = (name: RegExp) => all<HTMLButtonElement>('main button').find((each) => name.test(textOf(each)))

/** Texts for any field. Most fit only some fields. */
const TEXTS = [
  '',
  ' ',
  'web1',
  '7',
  '0.5',
  'sda',
  '#!/bin/sh',
  'https://a.b/c.iso',
  '10.0.0.2',
  'fd00::2',
  'a/b',
  'w{1..3}',
]

type Press = {
  kind: 'image' | 'field' | 'focus' | 'button' | 'next' | 'send again' | 'definitions' | 'reload'
  at: number
  text: string
}

async function perform({ kind, at, text }: Press): Promise<void> {
  const fields = all<HTMLInputElement>('form input, form select, form textarea')
  const field = fields[at % fields.length]
  const buttons = all<HTMLButtonElement>('form button, nav button, [data-bottom-bar] button')
  switch (kind) {
    case 'image':
      return wheezy()
    case 'next':
      return press(button(/^(Next|Create)/))
    case 'send again':
      return press(button(/^Send again/))
    case 'button':
      return press(buttons[at % buttons.length])
    case 'definitions':
      answerDefinitions()
      return settle()
    case 'reload': {
      const before = preview()
      await close()
      await open()
      expect(withoutSecrets(preview())).toEqual(withoutSecrets(before))
      return
    }
    case 'focus':
      return field && focus(field)
    case 'field':
      if (field === undefined) return
      await focus(field)
      if (field instanceof HTMLSelectElement)
        return enter(field, field.options[at % field.options.length]?.value ?? '')
      return field.type === 'radio' || field.type === 'checkbox' ? press(field) : enter(field, text)
  }
}

/** The request that would be sent, as text. */
const previewText = () =>
  all('pre')
    .map(textOf)
    .find((code) => code.startsWith(`POST ${GROUP}`))

/** The body of the request that would be sent, of the first if there are several. */
function preview(): Json {
  const code = previewText() ?? ''
  const [first = ''] = code.slice(code.indexOf('{')).split('\n\n')
  return JSON.parse(first) as Json
}

function withoutSecrets({ reimage, ...others }: Json) {
  const { root_password: _, firstboot_script: __, ...shown } = (reimage ?? {}) as Json
  return { ...others, shown }
}

/** For each select on the page: its label, the value it shows, and the value that would be sent. */
function chosen() {
  const { virtual_machine = preview() } = preview()
  const attributes = { 'Hardware profile': 'hardware_profile', Zone: 'zone_name', 'Console keymap': 'keymap' }
  return Object.entries(attributes).flatMap(([label, attribute]) =>
    all<HTMLSelectElement>('form select')
      .filter((select) => labelOf(select) === label)
      .map((select) => [label, select.value, (virtual_machine as Json)[attribute] ?? '']),
  )
}

/** Opens an empty wizard, and enters a name. */
async function begin({ late, cut }: { late: boolean; cut: number }): Promise<void> {
  sent = []
  cuts = cut
  address = `${GROUP}/vm_create`
  clearOperations()
  dropDraft()
  answer(late)
  await open()
  await enter(field('Name'), 'web1')
}

function field(label: string): HTMLInputElement {
  const found = all<HTMLInputElement>('form input, form select').find((each) =>
    labelOf(each).startsWith(label),
  )
  if (found === undefined) throw new Error(`There is no field ${label}.`)
  return found
}

const heading = () => textOf(document.querySelector('h2'))
const on = (kind: Press['kind'], at = 0, text = ''): Press => ({ kind, at, text })
const wheezy = () => press(all<HTMLInputElement>('input[value="wheezy"]')[0])

beforeEach(async () => {
  await preloadLazy()
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // Tooltips are popovers, which happy-dom lacks.
  Object.assign(HTMLElement.prototype, { showPopover() {}, hidePopover() {} })
  signIn(CREDENTIALS, false)
})
afterEach(async () => {
  await close()
  signOut()
  vi.unstubAllGlobals()
})

test('the wizard stays on the image step, and keeps its draft, until a distribution is chosen', async () => {
  await begin({ late: false, cut: 0 })
  for (let presses = 0; presses < 5; presses += 1) await perform(on('next'))
  expect(heading()).toMatch(/^Image/)
  expect(preview()).toMatchObject({ reimage: { distribution: '…' } })
  await perform(on('reload'))
  expect(heading()).toMatch(/^Image/)
  expect(sent).toEqual([])
})

test('the wizard shows and keeps a draft’s choices while BigV’s options are still loading', async () => {
  await begin({ late: false, cut: 0 })
  for (const [label, value] of [
    ['Hardware profile', 'virtio2013'],
    ['Zone', 'york'],
    ['Console keymap', 'de'],
  ] as const)
    await enter(field(label), value)
  await close()
  answer(true)
  await open()
  await focus(field('Zone'))
  await focus(field('Name'))
  expect(chosen().map(([, shown]) => shown)).toEqual(['virtio2013', 'york', 'de'])
  await perform(on('definitions'))
  expect(chosen().map(([, shown, written]) => [shown, written])).toEqual([
    ['virtio2013', 'virtio2013'],
    ['york', 'york'],
    ['de', 'de'],
  ])
})

test('the wizard checks its fields again when Send again is pressed', async () => {
  await begin({ late: false, cut: 1 })
  await perform(on('next'))
  await wheezy()
  for (let presses = 0; presses < 3; presses += 1) await perform(on('next'))
  expect(sent).toHaveLength(1)
  for (let presses = 0; presses < 3; presses += 1) await press(button(/^Back/))
  await enter(field('Cores'), '')
  await perform(on('send again'))
  expect(sent).toHaveLength(1)
  await enter(field('Cores'), '2')
  await perform(on('send again'))
  expect(sent).toMatchObject([{}, { body: { virtual_machine: { cores: 2 } } }])
})

const pressed: fc.Arbitrary<Press> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('field' as const) },
    // Without an image, nothing is sent.
    fc.constant('image' as const),
    fc.constantFrom('focus', 'button', 'next', 'send again', 'definitions', 'reload'),
  ),
  at: fc.nat(40),
  text: fc.constantFrom(...TEXTS),
})
/** Up to two presses before each of seven presses of Next. Without errors, four of those would send the form. */
const presses = fc.array(fc.array(pressed, { maxLength: 2 }), { minLength: 7, maxLength: 7 })

test(
  'the wizard sends only what BigV’s rules allow, and a reload loses only secrets',
  { timeout: 120_000 },
  async () => {
    let requests = 0
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.nat(2), presses, async (late, cut, presses) => {
        await begin({ late, cut })
        for (const each of presses.flatMap((some) => [...some, on('next')])) {
          await perform(each)
          // The form is gone once several machines are being created.
          if (/[?&]run=/.test(address)) break
          for (const [label, shown, written] of chosen()) expect([label, shown]).toEqual([label, written])
        }
        for (const { path, body } of sent) {
          const rules = path.endsWith('/vm_create') ? bundleRules : machineRules
          expect(rules.safeParse(body).error?.issues ?? []).toEqual([])
        }
        requests += sent.length
        await close()
      }),
      { numRuns: 15, examples: [[false, 0, [[], [on('image')], [], [], [], [], []]]] },
    )
    expect(requests).toBeGreaterThan(0)
  },
)
