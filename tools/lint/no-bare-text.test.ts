import { expect, test } from 'vitest'
import { errorLines, markedLines } from '../testing/lint.ts'

// The lines that end in “// error” must be reported.
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

test('no-bare-text reports createElement, and components that return a text', async () => {
  expect(await errorLines('translation/no-bare-text', CODE)).toEqual(markedLines(CODE))
})
