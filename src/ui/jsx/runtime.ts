import type { ElementType, Key } from 'react'
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { splitByDirection, shown } from '../../lib/shown.ts'

/*
 * Names, labels and error messages come from BigV, where other people choose them. Some characters are invisible, and some change the text
 * direction: a machine called "<U+202E>1bew" would read "web1" in "Purge web1?". So every text that our elements show passes through this
 * module, which shows such characters as their code points. The module replaces React's JSX runtime (`#jsx` in package.json, tsconfig.json
 * and vite.config.ts), which covers every text: a component around each name could be forgotten somewhere. Everything else about JSX is
 * React's.
 */

export { Fragment } from 'react/jsx-runtime'
export type { JSX } from 'react/jsx-runtime'

type Props = Record<string, unknown>
type Create = (type: ElementType, props: unknown, key?: Key) => ReturnType<typeof reactJsx>

export const jsx: Create = (type, props, key) => reactJsx(type, readable(type, props as Props), key)
export const jsxs: Create = (type, props, key) => reactJsxs(type, readable(type, props as Props), key)

/** Used by the development server and the unit tests instead of jsx and jsxs. */
export const jsxDEV = (type: ElementType, props: unknown, key: Key | undefined, isStatic: boolean) =>
  (isStatic ? jsxs : jsx)(type, props, key)

/** Printable ASCII is skipped, as checking a text takes a microsecond. */
const PLAIN = /^[ -~]*$/
const TEXTS = ['aria-label', 'title', 'placeholder']

/** Makes hidden characters visible in every text of the props. Values of fields stay unchanged, since they are sent and copied. */
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
  // These elements can contain only text.
  if (type === 'title' || type === 'option') return text
  const pieces = splitByDirection(text)
  if (pieces.length === 1) return text
  // One element around the pieces, as the parent may lay out its children separately.
  return reactJsxs('span', {
    children: pieces.map((piece, at) => (at % 2 === 1 ? reactJsx('bdi', { children: piece }, at) : piece)),
  })
}
