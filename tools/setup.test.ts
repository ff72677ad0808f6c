import { expect, test } from 'vitest'
import { install } from './setup.ts'

/** A fake computer without programs. `installs` lists the commands that install a program. */
function fakeMachine(installs: Record<string, string> = {}) {
  const present = new Set<string>()
  const ran: string[] = []
  const logged: string[] = []
  const need = (name: string, ...commands: string[]) => ({
    name,
    find: () => (present.has(name) ? `/usr/bin/${name}` : undefined),
    commands: commands.map((command) => command.split(' ')),
  })
  const run = (command: string[]) => {
    ran.push(command.join(' '))
    const installed = installs[command.join(' ')]
    if (installed) present.add(installed)
  }
  return { present, ran, logged, need, run, log: (line: string) => void logged.push(line) }
}

test('npm run setup does not install a program that exists', () => {
  const { present, ran, logged, need, run, log } = fakeMachine()
  present.add('nginx')
  expect(install([need('nginx', 'apt nginx')], run, log)).toEqual([])
  expect([ran, logged]).toEqual([[], []])
})

test('npm run setup prints and runs commands until the missing program is installed', () => {
  const { ran, logged, need, run, log } = fakeMachine({ 'apt shell': 'Chromium' })
  const browser = need('Chromium', 'playwright install', 'apt shell', 'apt chromium')
  expect(install([browser], run, log)).toEqual([])
  expect(ran).toEqual(['playwright install', 'apt shell'])
  expect(logged).toEqual([
    'Chromium is missing. Trying to install it …',
    '$ playwright install',
    '$ apt shell',
  ])
})

test('npm run setup names the required programs that could not be installed', () => {
  const { ran, need, run, log } = fakeMachine()
  const needs = [need('nginx', 'apt nginx'), { ...need('Caddy', 'apt caddy'), optional: true }]
  expect(install(needs, run, log)).toEqual(['nginx'])
  expect(ran).toEqual(['apt nginx', 'apt caddy'])
})
