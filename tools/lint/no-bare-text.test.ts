import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../root.ts'

const PLUGIN = path.join(import.meta.dirname, 'no-bare-text.js')

// The lines with a mark are errors.
const CODE = `
import { cloneElement } from 'react'
import { createElement } from 'react' // error
export function Name({ name }) {
  if (name === 'a') return name // error
  if (name === 'b') return null
  const shown = () => \`\${name}!\`
  return <b>{shown()}</b>
}
export const Text = ({ text }) => text.words // error
export const Template = ({ text }) => (
  \`Is \${text}\` // error
)
export const Sum = ({ text }) => 'Is ' + text // error
export const Child = ({ children }) => children('a') // error
export const Choice = ({ is, children }) => (is ? <b>a</b>
  : children) // error
export const Or = ({ text }) =>
  text || <b>none</b> // error
export const Only = ({ is }) => is && <b>a</b>
export const List = ({ all }) => all.map((each) => <b key={each}>{each}</b>)
export const Clone = ({ element }) => cloneElement(element)
export const Fragment = ({ children }) => <>{children}</>
export const textOf = (text) => text
`

test('a component that returns a text, and createElement, are errors', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'no-bare-text-'))
  const config = {
    jsPlugins: [PLUGIN],
    categories: { correctness: 'off' },
    rules: { 'translation/no-bare-text': 'error' },
  }
  await writeFile(path.join(folder, '.oxlintrc.json'), JSON.stringify(config))
  await writeFile(path.join(folder, 'code.tsx'), CODE)
  const oxlint = path.join(ROOT, 'node_modules/.bin/oxlint')
  const { stdout } = spawnSync(oxlint, ['--format', 'unix', '-c', '.oxlintrc.json', 'code.tsx'], {
    cwd: folder,
    encoding: 'utf8',
  })
  await rm(folder, { recursive: true })
  const found = [...stdout.matchAll(/^code\.tsx:(\d+):/gm)].map(([, line]) => Number(line))
  const wanted = CODE.split('\n').flatMap((line, at) => (line.endsWith('// error') ? [at + 1] : []))
  expect(found.toSorted((a, b) => a - b)).toEqual(wanted)
})
