import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { announce, LiveRegion } from './live-region.tsx'

const texts = () =>
  [...renderToStaticMarkup(createElement(LiveRegion)).matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => text)

test('the live region announces each text at once, even the same text twice, then drops it', () => {
  vi.useFakeTimers()
  announce('web1: Stopped.')
  announce('web1: Stopped.')
  announce('web2: Running.')
  expect(texts()).toEqual(['web1: Stopped.', 'web1: Stopped.', 'web2: Running.'])
  vi.advanceTimersByTime(5_000)
  expect(texts()).toEqual([])
})
