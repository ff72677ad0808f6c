import type { ElementType, Key } from 'react'
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { splitByDirection, shown } from '../../lib/shown.ts'

/*
 * Names, labels and error messages come from BigV, where anybody may have chosen them. Some characters are invisible, and some turn
 * the words around them: a machine may be called "<U+202E>1bew", which reads "web1" in "Purge web1?". So each text that one of our
 * elements shows is passed through here, and such characters appear by their number. This replaces React's JSX runtime (`#jsx` in
 * package.json, tsconfig.json and vite.config.ts), because no text can be forgotten then, as it could where a component had to be
 * written around each foreign name. Everything else about JSX is React's.
 */

export { Fragment } from 'react/jsx-runtime'
export type { JSX } from 'react/jsx-runtime'

type Props = Record<string, unknown>
type Create = (type: ElementType, props: unknown, key?: Key) => ReturnType<typeof reactJsx>

export const jsx: Create = (type, props, key) => reactJsx(type, readable(type, props as Props), key)
export const jsxs: Create = (type, props, key) => reactJsxs(type, readable(type, props as Props), key)

/** What the development server and the unit tests call instead of the two above. */
export const jsxDEV = (type: ElementType, props: unknown, key: Key | undefined, isStatic: boolean) =>
  (isStatic ? jsxs : jsx)(type, props, key)

/** Texts of printable ASCII need no closer look, which would take a microsecond each. */
const PLAIN = /^[ -~]*$/
const TEXTS = ['aria-label', 'title', 'placeholder']

/** Makes every text in the props visible. The values of fields stay what they are: they are sent and copied. */
function readable(type: ElementType, props: Props): Props {
  if (props.children !== undefined) props.children = readableChild(type, props.children)
  for (const name of TEXTS) {
    const text = props[name]
    if (typeof text === 'string' && !PLAIN.test(text)) props[name] = shown(text)
  }
  return props
}

function readableChild(type: ElementType, child: unknown): unknown {
  if (Array.isArray(child)) return child.map((each) => readableChild(type, each))
  if (typeof child !== 'string' || PLAIN.test(child)) return child
  const text = shown(child)
  // These hold nothing but text.
  if (type === 'title' || type === 'option') return text
  const pieces = splitByDirection(text)
  if (pieces.length === 1) return text
  // One element around the pieces, as the parent may lay out each of its children by itself.
  return reactJsxs('span', {
    children: pieces.map((piece, at) => (at % 2 === 1 ? reactJsx('bdi', { children: piece }, at) : piece)),
  })
}
