// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test, vi } from 'vitest'
import { useVisibleRows } from './visible-rows.ts'

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)

test('the first row in the window is known before the first layout', async () => {
  // Is called later, as in a browser.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  const element = document.createElement('div')
  element.getBoundingClientRect = () => new DOMRect(0, 244, 800, 380)
  const first: number[] = []
  function Table() {
    const { firstInWindow } = useVisibleRows(10, 'normal', { current: element }, false)
    first.push(firstInWindow())
    return null
  }
  const root = createRoot(document.createElement('div'))
  await act(async () => root.render(createElement(Table)))
  expect(new Set(first)).toEqual(new Set([0]))
  await act(async () => root.unmount())
})

test('only the rows in the window are rendered while the user is typing a search', async () => {
  vi.stubGlobal('innerHeight', 800)
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      framed: () => void
      constructor(framed: () => void) {
        this.framed = framed
      }
      observe() {
        queueMicrotask(this.framed)
      }
      disconnect() {}
    },
  )
  const element = document.createElement('div')
  let end = NaN
  function Table({ isTyping }: { isTyping: boolean }) {
    end = useVisibleRows(1_000, 'normal', { current: element }, isTyping).end
    return null
  }
  const root = createRoot(document.createElement('div'))
  const endOf = async (isTyping: boolean) => {
    await act(async () => root.render(createElement(Table, { isTyping })))
    return end
  }
  const idle = await endOf(false)
  const typing = await endOf(true)
  expect(typing).toBeLessThan(idle - 5)
  expect(await endOf(false)).toBe(idle)
  await act(async () => root.unmount())
})
