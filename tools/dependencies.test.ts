import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>
type Lock = {
  packages: Record<string, { integrity?: string; resolved?: string; inBundle?: boolean; link?: boolean }>
}

test('docs/dependencies.md lists exactly the dependencies, each with a reason', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest
  const rows = [...read('docs/dependencies.md').matchAll(/^\| (`.*?) +\| (.*?) +\|$/gm)]
  const reasoned = rows.flatMap(([, names = '', why = '']) =>
    why.length > 5 ? [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name)) : [],
  )
  expect(reasoned.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort())
})

test('the build has the licences of the tools that leave code of their own in it', () => {
  const ours = read('public/licences-of-tools.txt')
  for (const [tool, file] of Object.entries({
    tailwindcss: 'LICENSE',
    vite: 'LICENSE.md',
    rolldown: 'LICENSE',
  })) {
    // After this heading, Vite lists the packages that it contains itself. They aren't in the build.
    const [own = ''] = read(`node_modules/${tool}/${file}`).split(/^# Licenses of bundled dependencies/m)
    expect(ours, tool).toContain(`## ${tool} (MIT)\n\n${own.trim()}\n`)
  }
})

test('package-lock.json pins every package by its hash, and only from the registry', () => {
  const { '': _, ...packages } = (JSON.parse(read('package-lock.json')) as Lock).packages
  const inexact = Object.entries(packages).filter(
    ([, { integrity = '', resolved, inBundle, link }]) =>
      link || resolved || !(inBundle || integrity.startsWith('sha512-')),
  )
  expect(Object.keys(packages).length).toBeGreaterThan(100)
  expect(inexact).toEqual([])
})
