// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement as h, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { definitionQueries } from '../api/definitions.ts'
import { groupQueries } from '../api/groups.ts'
import { ipQueries } from '../api/ips.ts'
import { queryClient } from '../api/query-client.ts'
import { answerAll } from '../api/testing/answered.ts'
import { CREDENTIALS } from '../api/testing/calls.ts'
import { NameDialog } from '../features/account/group-dialogs.tsx'
import { DEFINITIONS } from '../features/create/testing/filled.ts'
import { ChangeDisc } from '../features/machine/discs/disc-dialogs.tsx'
import { ReverseDns } from '../features/machine/network/address-dialogs.tsx'
import { HardwareForm, IdentityForm, MediaForm } from '../features/machine/settings/forms.tsx'
import { PrivilegeForm } from '../features/privileges/privilege-form.tsx'
import { signIn } from '../session/session.ts'
import { REF } from '../testing/render-page.ts'

// Opens every form that shows BigV's values, and changes those values elsewhere while the form is open. The form must send only what the
// user entered, and an edited field must say that its value has changed.

/** The values in BigV: one version when the form opens, and one after someone else has changed every value. */
interface Version {
  name: string
  group: number
  cores: number
  memory: number
  profile: string
  keymap: string
  url: string
  label: string
  size: number
  grade: string
  minutes: number
  from: string
}
const BEFORE: Version = {
  name: 'web1',
  group: 2,
  cores: 1,
  memory: 1024,
  profile: 'p1',
  keymap: 'de',
  url: 'https://example.com/1.iso',
  label: 'disc-1',
  size: 25_600,
  grade: 'sata',
  minutes: 15,
  from: '192.0.2.1 ',
}
const AFTER: Version = {
  name: 'web2',
  group: 3,
  cores: 2,
  memory: 2048,
  profile: 'p2',
  keymap: 'fr',
  url: 'https://example.com/2.iso',
  label: 'disc-2',
  size: 51_200,
  grade: 'ssd',
  minutes: 20,
  from: ' 192.0.2.2',
}

let lastId = 100
const onClose = () => {}

function machineOf(version: Version, id: number) {
  const { name, group, cores, memory, profile, keymap, url, label, size, grade } = version
  const vm = {
    id,
    name,
    group_id: group,
    power_on: false,
    autoreboot_on: false,
    cores,
    memory,
    hardware_profile: profile,
    hardware_profile_locked: false,
    keymap,
    cdrom_url: url,
    discs: [{ id: 5, label, size, storage_grade: grade }],
  }
  return { group: REF, machine: { vm, creating: false } }
}

const place = { at: { account: 'acme' }, scope: null, name: 'acme' }

/** Each form, and what a user might enter into its fields, with the attribute that it is sent as. */
const FORMS: [string, (version: Version, id: number) => ReactElement, [string, string, string][]][] = [
  [
    'the name and group of a machine',
    (version, id) => h(IdentityForm, machineOf(version, id)),
    [
      ['Name', 'typed', 'name'],
      ['Group', '4', 'group_id'],
    ],
  ],
  [
    'the hardware of a machine',
    (version, id) => h(HardwareForm, machineOf(version, id)),
    [
      ['Cores', '3', 'cores'],
      ['Memory', '3', 'memory'],
      ['Hardware profile', 'p3', 'hardware_profile'],
    ],
  ],
  [
    'the CD and keymap of a machine',
    (version, id) => h(MediaForm, machineOf(version, id)),
    [
      ['CD image URL', 'https://example.com/3.iso', 'cdrom_url'],
      ['Console keymap', 'en-gb', 'keymap'],
    ],
  ],
  [
    'a disc',
    (version, id) => {
      const given = machineOf(version, id)
      return h(ChangeDisc, { ...given, disc: given.machine.vm.discs[0]!, onClose })
    },
    [
      ['Label', 'typed', 'label'],
      ['Size', '60', 'size'],
      ['Storage grade', 'archive', 'storage_grade'],
    ],
  ],
  [
    'the reverse DNS of an address',
    (version, id) => h(ReverseDns, { ...machineOf(version, id), address: '192.0.2.2', onClose }),
    [['Host name', 'typed.example', 'rdns']],
  ],
  [
    'the name of a group',
    ({ name }) => h(NameDialog, { account: 'acme', group: { id: 2, name }, names: [name], onClose }),
    [['New name', 'typed', 'name']],
  ],
  [
    'the conditions of a privilege',
    ({ minutes, from }) => {
      const conditions = {
        yubikey_required: true,
        yubikey_otp_max_age: minutes * 60 + 1,
        ip_restrictions: from,
      }
      const privilege = { id: 8, level: 'vm_admin', username: 'jane', ...conditions }
      return h(PrivilegeForm, { place, scope: { account: 1 }, own: null, privilege, onClose })
    },
    [
      ['One-time password valid for', '30', 'yubikey_otp_max_age'],
      ['Only from these addresses', '192.0.2.9', 'ip_restrictions'],
    ],
  ],
]

let root: ReturnType<typeof createRoot>

async function show(element: ReactElement, { name }: Version): Promise<void> {
  queryClient.setQueryData(ipQueries.one('192.0.2.2').queryKey, { rdns: name })
  answerAll((path) => (path === '/ips/192.0.2.2' ? { rdns: name } : null))
  const page = h(QueryClientProvider, { client: queryClient }, h(MemoryRouter, null, element))
  await act(async () => root.render(page))
}

const controls = () => [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]
const labelOf = (control: Element) => document.querySelector(`label[for="${control.id}"]`)?.textContent ?? ''
const shown = () => Object.fromEntries(controls().map((control) => [labelOf(control), control.value]))

function fieldOf(label: string) {
  const control = controls().find((each) => labelOf(each).startsWith(label))
  if (control === undefined) throw new Error(`There is no field ${label}.`)
  return control
}

/** The description that a screen reader gives. */
const descriptionOf = (label: string) =>
  (fieldOf(label).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.querySelector(`[id="${id}"]`)?.textContent ?? '')
    .join(' ')

async function enter(label: string, value: string): Promise<void> {
  const control = fieldOf(label)
  const kind = control instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement
  await act(async () => {
    // React ignores values that are set through its own property.
    Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(control, value)
    control.dispatchEvent(new Event(kind === HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  })
}

/** The body of the request that the form would send; null if it would send none. */
function body(): unknown {
  const text = /\{.*\}/.exec(document.querySelector('details pre')?.textContent ?? '')?.[0]
  return text === undefined ? null : JSON.parse(text)
}

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  signIn(CREDENTIALS, false)
  const known = { hardware_profiles: ['p1', 'p2', 'p3'], keymaps: ['de', 'fr', 'en-gb'] }
  queryClient.setQueryData(definitionQueries.all().queryKey, { ...DEFINITIONS, ...known })
  const groups = ['default', 'web', 'db'].map((name, at) => ({ id: at + 2, name, account_id: 1 }))
  queryClient.setQueryData(groupQueries.list('acme').queryKey, groups)
  root = createRoot(document.body.appendChild(document.createElement('div')))
  lastId += 1
})
afterEach(async () => {
  await act(async () => root.unmount())
  document.body.replaceChildren()
  queryClient.clear()
  vi.unstubAllGlobals()
})

async function save(): Promise<void> {
  await act(async () => document.querySelector<HTMLElement>('[type="submit"]')?.click())
  await act(() => vi.waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull()))
}

test('a form shows reverse DNS that changes just before it is saved, and sends nothing', async () => {
  const { group, machine } = machineOf(BEFORE, lastId)
  await show(h(ReverseDns, { group, machine, address: '192.0.2.2', onClose }), BEFORE)
  await enter('Host name', 'typed.example')
  const writes: string[] = []
  answerAll((path, method) => {
    if (method !== 'GET') writes.push(path)
    return path.startsWith('/ips/') ? { rdns: 'theirs.example' } : machine.vm
  })
  await save()
  expect(descriptionOf('Host name')).toContain('Changed elsewhere meanwhile. Now: theirs.example.')
  expect(document.querySelector('[role="alert"]')?.textContent).toContain('Nothing was sent')
  expect([fieldOf('Host name').value, writes]).toEqual(['typed.example', []])
  await save()
  expect(writes).toEqual(['/ips/192.0.2.2'])
})

describe.each(FORMS)('a form for %s', (_, form, fields) => {
  test('shows changes made elsewhere, and sends none of them back', async () => {
    await show(form(AFTER, lastId), AFTER)
    const expected = shown()
    await act(async () => root.unmount())
    root = createRoot(document.body.appendChild(document.createElement('div')))
    await show(form(BEFORE, lastId), BEFORE)
    expect(shown()).not.toEqual(expected)
    await show(form(AFTER, lastId), AFTER)
    expect(shown()).toEqual(expected)
    expect(document.body.textContent).not.toContain('Changed elsewhere')
    if (fields[0]?.[0] !== 'New name') expect(body()).toBeNull()
  })

  test.each(fields)(
    'sends only %s after an edit, and says when its value changes elsewhere',
    async (label, value, attribute) => {
      await show(form(BEFORE, lastId), BEFORE)
      await enter(label, value)
      expect(Object.keys(body() ?? {})).toEqual([attribute])
      expect(descriptionOf(label)).not.toContain('Changed elsewhere')
      await show(form(AFTER, lastId), AFTER)
      expect(fieldOf(label).value).toBe(value)
      expect(Object.keys(body() ?? {})).toEqual([attribute])
      expect(descriptionOf(label)).toMatch(/Changed elsewhere meanwhile\. Now: .+\. Saving overwrites that\./)
      const marked = controls().filter((each) => descriptionOf(labelOf(each)).includes('Changed elsewhere'))
      expect(marked.map(labelOf)).toEqual([labelOf(fieldOf(label))])
    },
  )
})
