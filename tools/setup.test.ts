import { expect, test } from 'vitest'
import { install } from './setup.ts'

/** A machine without these programs, on which some commands bring them. */
function machine(brings: Record<string, string> = {}) {
  const present = new Set<string>()
  const ran: string[] = []
  const said: string[] = []
  const need = (name: string, ...commands: string[]) => ({
    name,
    find: () => (present.has(name) ? `/usr/bin/${name}` : undefined),
    commands: commands.map((command) => command.split(' ')),
  })
  const run = (command: string[]) => {
    ran.push(command.join(' '))
    const brought = brings[command.join(' ')]
    if (brought) present.add(brought)
  }
  return { present, ran, said, need, run, say: (line: string) => void said.push(line) }
}

test('what is there is left as it is', () => {
  const { present, ran, said, need, run, say } = machine()
  present.add('nginx')
  expect(install([need('nginx', 'apt nginx')], run, say)).toEqual([])
  expect([ran, said]).toEqual([[], []])
})

test('what is missing is installed by the first command that brings it, and each is said before', () => {
  const { ran, said, need, run, say } = machine({ 'apt shell': 'Chromium' })
  const browser = need('Chromium', 'playwright install', 'apt shell', 'apt chromium')
  expect(install([browser], run, say)).toEqual([])
  expect(ran).toEqual(['playwright install', 'apt shell'])
  expect(said).toEqual(['Chromium is missing. Trying to install it …', '$ playwright install', '$ apt shell'])
})

test('what could not be installed is named, unless the tests can do without', () => {
  const { ran, need, run, say } = machine()
  const needs = [need('nginx', 'apt nginx'), { ...need('Caddy', 'apt caddy'), optional: true }]
  expect(install(needs, run, say)).toEqual(['nginx'])
  expect(ran).toEqual(['apt nginx', 'apt caddy'])
})
