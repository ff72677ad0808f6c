import { createElement, type ElementType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { jsx, jsxDEV, jsxs } from './runtime.ts'

const NAME = '\u202Eweb\u200B1'
const SEEN = '&lt;U+202E&gt;web&lt;U+200B&gt;1'
const OfPackage = ({ children }: { children?: string }) => createElement('b', null, children)
const drawn = (type: ElementType, props: object) => renderToStaticMarkup(jsx(type, props))

describe('an element of our code', () => {
  test('shows what is invisible, or turns the words around, in its text', () => {
    expect(drawn('p', { children: NAME })).toBe(`<p>${SEEN}</p>`)
    expect(renderToStaticMarkup(jsxs('p', { children: ['Stop ', NAME, '?'] }))).toBe(`<p>Stop ${SEEN}?</p>`)
    expect(drawn('p', { children: [['a', [NAME]]] })).toBe(`<p>a${SEEN}</p>`)
    expect(renderToStaticMarkup(jsxDEV('p', { children: NAME }, undefined, false))).toBe(`<p>${SEEN}</p>`)
  })

  test('shows it in what is read aloud and in hints', () => {
    expect(drawn('input', { 'aria-label': NAME, title: NAME, placeholder: NAME })).toBe(
      `<input aria-label="${SEEN}" title="${SEEN}" placeholder="${SEEN}"/>`,
    )
  })

  test('shows it in what a component of a package is given', () => {
    expect(drawn(OfPackage, { children: NAME })).toBe(`<b>${SEEN}</b>`)
  })

  test('leaves values as they are', () => {
    expect(drawn('input', { defaultValue: NAME })).toBe(`<input value="${NAME}"/>`)
    expect(drawn('option', { value: NAME, children: NAME })).toBe(`<option value="${NAME}">${SEEN}</option>`)
    const pieces = [NAME]
    drawn('p', { children: pieces })
    expect(pieces).toEqual([NAME])
  })

  test('keeps apart what is written from right to left, as one child of its place', () => {
    expect(drawn('button', { children: 'Stop אבג1?' })).toBe(
      '<button><span>Stop <bdi>אבג1</bdi>?</span></button>',
    )
    expect(drawn('title', { children: 'אבג · BigV' })).toBe('<title>אבג · BigV</title>')
  })
})
