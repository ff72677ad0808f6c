import { createElement, type ElementType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { jsx, jsxDEV, jsxs } from './runtime.ts'

const NAME = '\u202Eweb\u200B1'
const VISIBLE = '&lt;U+202E&gt;web&lt;U+200B&gt;1'
const PackageComponent = ({ children }: { children?: string }) => createElement('b', null, children)
const rendered = (type: ElementType, props: object) => renderToStaticMarkup(jsx(type, props))

describe('an element of our code', () => {
  test('makes invisible and direction-changing characters visible in its text', () => {
    expect(rendered('p', { children: NAME })).toBe(`<p>${VISIBLE}</p>`)
    expect(renderToStaticMarkup(jsxs('p', { children: ['Stop ', NAME, '?'] }))).toBe(
      `<p>Stop ${VISIBLE}?</p>`,
    )
    expect(rendered('p', { children: [['a', [NAME]]] })).toBe(`<p>a${VISIBLE}</p>`)
    expect(renderToStaticMarkup(jsxDEV('p', { children: NAME }, undefined, false))).toBe(`<p>${VISIBLE}</p>`)
  })

  test('makes such characters visible in labels, titles and placeholders', () => {
    expect(rendered('input', { 'aria-label': NAME, title: NAME, placeholder: NAME })).toBe(
      `<input aria-label="${VISIBLE}" title="${VISIBLE}" placeholder="${VISIBLE}"/>`,
    )
  })

  test('makes such characters visible in the children of a package’s component', () => {
    expect(rendered(PackageComponent, { children: NAME })).toBe(`<b>${VISIBLE}</b>`)
  })

  test('keeps the values of fields unchanged', () => {
    expect(rendered('input', { defaultValue: NAME })).toBe(`<input value="${NAME}"/>`)
    expect(rendered('option', { value: NAME, children: NAME })).toBe(
      `<option value="${NAME}">${VISIBLE}</option>`,
    )
    const pieces = [NAME]
    rendered('p', { children: pieces })
    expect(pieces).toEqual([NAME])
  })

  test('isolates right-to-left words inside one element', () => {
    expect(rendered('button', { children: 'Stop אבג1?' })).toBe(
      '<button><span>Stop <bdi>אבג1</bdi>?</span></button>',
    )
    expect(rendered('title', { children: 'אבג · BigV' })).toBe('<title>אבג · BigV</title>')
  })
})
