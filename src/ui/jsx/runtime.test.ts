import { createElement, type ElementType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { jsx, jsxDEV, jsxs } from './runtime.ts'

const NAME = '\u202Eweb\u200B1'
const SEEN = '&lt;U+202E&gt;web&lt;U+200B&gt;1'
const OfPackage = ({ children }: { children?: string }) => createElement('b', null, children)
const drawn = (type: ElementType, props: object) => renderToStaticMarkup(jsx(type, props))

describe('an element of our code', () => {
  test('makes invisible characters, and those that turn the words around, visible in its text', () => {
    expect(drawn('p', { children: NAME })).toBe(`<p>${SEEN}</p>`)
    expect(renderToStaticMarkup(jsxs('p', { children: ['Stop ', NAME, '?'] }))).toBe(`<p>Stop ${SEEN}?</p>`)
    expect(drawn('p', { children: [['a', [NAME]]] })).toBe(`<p>a${SEEN}</p>`)
    expect(renderToStaticMarkup(jsxDEV('p', { children: NAME }, undefined, false))).toBe(`<p>${SEEN}</p>`)
  })

  test('makes them visible in labels, titles and placeholders', () => {
    expect(drawn('input', { 'aria-label': NAME, title: NAME, placeholder: NAME })).toBe(
      `<input aria-label="${SEEN}" title="${SEEN}" placeholder="${SEEN}"/>`,
    )
  })

  test('makes them visible in what a package’s component is given', () => {
    expect(drawn(OfPackage, { children: NAME })).toBe(`<b>${SEEN}</b>`)
  })

  test('leaves the values of fields as they are', () => {
    expect(drawn('input', { defaultValue: NAME })).toBe(`<input value="${NAME}"/>`)
    expect(drawn('option', { value: NAME, children: NAME })).toBe(`<option value="${NAME}">${SEEN}</option>`)
    const pieces = [NAME]
    drawn('p', { children: pieces })
    expect(pieces).toEqual([NAME])
  })

  test('isolates right-to-left words, inside one element', () => {
    expect(drawn('button', { children: 'Stop אבג1?' })).toBe(
      '<button><span>Stop <bdi>אבג1</bdi>?</span></button>',
    )
    expect(drawn('title', { children: 'אבג · BigV' })).toBe('<title>אבג · BigV</title>')
  })
})
