import { jsx, jsxs } from 'react/jsx-runtime'
import type { ElementType } from 'react'
import { inDirections, shown } from '../../lib/shown.ts'

type Props = Record<string, unknown>

/** Most texts, which need no closer look: it takes a microsecond each. */
const PLAIN = /^[ -~]*$/
const TEXTS = ['aria-label', 'title', 'placeholder']

/**
 * Takes the props that an element was written with and makes every text in them one that may be seen, whoever named what is in it:
 * nothing invisible, and nothing that changes the order of the words beside it. Values of fields stay what they are.
 */
export function readable(type: ElementType, props: Props): Props {
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
  const pieces = inDirections(text)
  if (pieces.length === 1) return text
  // One element around them, as the place may lay out each of its children by itself.
  return jsxs('span', {
    children: pieces.map((piece, at) => (at % 2 === 1 ? jsx('bdi', { children: piece }, at) : piece)),
  })
}
