import { createElement, Fragment, type ElementType } from 'react'
import { renderToStaticMarkup, renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { jsx, jsxDEV, jsxs } from './runtime.ts'

const NAME = '\u202Eweb\u200B1'
const VISIBLE = '&lt;U+202E&gt;web&lt;U+200B&gt;1'
const PackageComponent = ({ children }: { children?: string }) => createElement('b', null, children)
const rendered = (type: ElementType, props: object) => renderToStaticMarkup(jsx(type, props))
// Unlike renderToStaticMarkup, renderToString marks where one text node ends and the next begins.
const html = (type: ElementType, ...children: unknown[]) => renderToString(jsxs(type, { children }))

describe('the JSX runtime', () => {
  test('makes invisible and direction-changing characters visible in texts', () => {
    expect(rendered('p', { children: NAME })).toBe(`<p>${VISIBLE}</p>`)
    expect(renderToStaticMarkup(jsxs('p', { children: ['Stop ', NAME, '?'] }))).toBe(
      `<p>Stop ${VISIBLE}?</p>`,
    )
    expect(rendered('p', { children: [['a', [NAME]]] })).toBe(`<p>a${VISIBLE}</p>`)
    expect(renderToStaticMarkup(jsxDEV('p', { children: NAME }, undefined, false))).toBe(`<p>${VISIBLE}</p>`)
  })

  test('makes invisible characters visible in labels, titles and placeholders', () => {
    expect(rendered('input', { 'aria-label': NAME, title: NAME, placeholder: NAME })).toBe(
      `<input aria-label="${VISIBLE}" title="${VISIBLE}" placeholder="${VISIBLE}"/>`,
    )
  })

  test('makes invisible characters visible in the children of a package’s component as well', () => {
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
      '<button><span><span>Stop </span><bdi>אבג1</bdi><span>?</span></span></button>',
    )
    expect(rendered('title', { children: 'אבג · BigV' })).toBe('<title>אבג · BigV</title>')
  })
})

// A browser's translation replaces text nodes. React can still change the only text of an element, but no text beside other nodes.
describe('the JSX runtime, for browsers that translate texts,', () => {
  const icon = createElement('i', { key: 'icon' })

  test.each([
    ['joins texts and numbers', ['Stop ', 3, ' machines', '?'], '<p>Stop 3 machines?</p>'],
    ['joins texts around children that render nothing', ['Stop', false, null, ' web1'], '<p>Stop web1</p>'],
    ['joins nested texts', ['Stop ', [3, ' machines'], '?'], '<p>Stop 3 machines?</p>'],
    ['gives a text beside an element a <span>', [icon, 'Stop'], '<p><i></i><span>Stop</span></p>'],
    ['gives a zero beside an element a <span>', [icon, 0], '<p><i></i><span>0</span></p>'],
    [
      'joins the texts between elements',
      [icon, 'Stop ', 3, icon],
      '<p><i></i><span>Stop 3</span><i></i></p>',
    ],
    ['keeps spaces between elements', [icon, ' ', icon], '<p><i></i> <i></i></p>'],
    ['joins a space with the text after it', [icon, ' ', 'Stop'], '<p><i></i><span> Stop</span></p>'],
    [
      'gives texts in nested children a <span>',
      [icon, ['Stop ', icon]],
      '<p><i></i><span>Stop </span><i></i></p>',
    ],
    ['renders an element whose children render nothing', [null, false, undefined], '<p></p>'],
  ])('%s', (_claim, children, expected) => {
    expect(html('p', ...children)).toBe(expected)
  })

  test('gives a text in a fragment a <span>, because the fragment has no element', () => {
    expect(renderToString(jsx(Fragment, { children: 'Stop' }))).toBe('<span>Stop</span>')
    expect(html(Fragment, 'Stop ', 3)).toBe('<span>Stop 3</span>')
    expect(html('p', jsx(Fragment, { children: 'Stop' }), icon)).toBe('<p><span>Stop</span><i></i></p>')
  })

  test('adds no element inside an option, and joins neighbouring texts in a component of a library', () => {
    expect(html('option', 'Copy of ', 'web', 1)).toBe('<option>Copy of web1</option>')
    expect(html(PackageComponent, 'Stop ', 3)).toBe('<b>Stop 3</b>')
  })
})
