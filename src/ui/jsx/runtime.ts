import type { ElementType, Key } from 'react'
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime'
import { splitByDirection, shown } from '../../lib/shown.ts'

/*
 * Names, labels and error messages come from BigV, where other people choose them. Some characters are invisible, and some change the text
 * direction: a machine called "<U+202E>1bew" would read "web1" in "Purge web1?". So every text that our elements show passes through this
 * module, which shows such characters as their code points. The module replaces React's JSX runtime (`#jsx` in package.json, tsconfig.json
 * and vite.config.ts), which covers every text: a component around each name could be forgotten somewhere.
 *
 * It also gives every text an element of its own. A browser's translation replaces text nodes by elements. React keeps the old nodes: it
 * would change them unseen, and fail when it removes one or inserts something before it. The only text of an element is safe, as
 * React replaces the element's whole content. So adjacent texts become one, and a text beside elements gets a <span>. This module
 * can't see a text that a component returns, so the linter forbids that (tools/lint/no-bare-text.js). Everything else about JSX is React's.
 */

export { Fragment } from 'react/jsx-runtime'
export type { JSX } from 'react/jsx-runtime'

type Props = Record<string, unknown>
type Create = (type: ElementType, props: unknown, key?: Key) => ReturnType<typeof reactJsx>

export const jsx: Create = (type, props, key) => reactJsx(type, readable(type, props as Props), key)
export const jsxs: Create = (type, props, key) => {
  const all = readable(type, props as Props)
  return (Array.isArray(all.children) ? reactJsxs : reactJsx)(type, all, key)
}

/** Used by the development server and the unit tests instead of jsx and jsxs. */
export const jsxDEV = (type: ElementType, props: unknown, key: Key | undefined, isStatic: boolean) =>
  (isStatic ? jsxs : jsx)(type, props, key)

/** Printable ASCII is skipped, as checking a text takes a microsecond. */
const PLAIN = /^[ -~]*$/
const TEXTS = ['aria-label', 'title', 'placeholder']

/**
 * Makes hidden characters visible in every text of the props, and gives each text an element. Values of fields stay unchanged, since they
 * are sent and copied.
 */
function readable(type: ElementType, props: Props): Props {
  if (props.children !== undefined)
    props.children = withoutBareText(type, readableChild(type, props.children))
  if (props.translate === undefined && isCode(type, props.className)) props.translate = 'no'
  for (const name of TEXTS) {
    const text = props[name]
    if (typeof text === 'string' && !PLAIN.test(text)) props[name] = shown(text)
  }
  return props
}

/**
 * True for elements in code font: names, addresses and commands, which a browser's translation must leave alone. Checking an element takes
 * 0.2 µs. A name in another font has its own translate="no" (src/app/pages.test.ts).
 */
function isCode(type: ElementType, className: unknown): boolean {
  return type === 'code' || (typeof className === 'string' && className.includes('font-mono'))
}

function readableChild(type: ElementType, child: unknown): unknown {
  if (Array.isArray(child)) return child.map((each) => readableChild(type, each))
  if (typeof child !== 'string' || PLAIN.test(child)) return child
  const text = shown(child)
  // These elements can contain only text.
  if (type === 'title' || type === 'option') return text
  const pieces = splitByDirection(text)
  if (pieces.length === 1) return text
  // One element goes around all pieces, because the parent may lay out its children separately.
  return reactJsxs('span', {
    children: apart(
      pieces.map((piece, at) => (at % 2 === 1 ? reactJsx('bdi', { children: piece }, at) : piece)),
    ),
  })
}

function withoutBareText(type: ElementType, children: unknown): unknown {
  const all = Array.isArray(children) ? apart(children) : children
  // A fragment has no element, so its text lands beside the elements around the fragment.
  return typeof type === 'symbol' && hasWords(all) ? inElement(all) : all
}

/** If all children are texts, returns them as one text. Otherwise returns the same children, with each run of texts in a <span>. */
function apart(children: readonly unknown[]): unknown {
  const all = joined(children)
  const shownOnes = all.filter((child) => !isNothing(child))
  if (shownOnes.length === 0 || (shownOnes.length === 1 && isText(shownOnes[0]))) return shownOnes[0]
  return all.map((child, at) => (hasWords(child) ? inElement(child, `text ${at}`) : child))
}

/** Joins each run of texts into the first text of the run. Every other child keeps its index, by which React recognises it. */
function joined(children: readonly unknown[]): unknown[] {
  const all: unknown[] = []
  let first = -1
  for (const [at, child] of children.entries()) {
    const own = Array.isArray(child) ? apart(child) : child
    const joins = isText(own) && first !== -1
    if (joins) all[first] = `${String(all[first])}${own}`
    else if (isText(own)) first = at
    else if (!isNothing(own)) first = -1
    all[at] = joins ? null : own
  }
  return all
}

const inElement = (text: unknown, key?: string) => reactJsx('span', { children: text }, key)

const isNothing = (child: unknown) => child === null || child === undefined || typeof child === 'boolean'

const isText = (child: unknown): child is string | number =>
  typeof child === 'string' || typeof child === 'number'

/** False for spaces: browsers don't translate them, and a <span> would make them an item of a flex container. */
const hasWords = (child: unknown) => isText(child) && /\S/.test(String(child))
