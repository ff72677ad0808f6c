import { expect, test } from 'vitest'
import { missingLater } from './missing-later.ts'

const needed = [
  'assets/page-BUdh9o4.js',
  'assets/vendor-B3_x-0A.js',
  'assets/start-Cc1sir4.css',
  'assets/lazy-A.js',
]

test('a lazily loaded module lists what the page has not named itself', () => {
  expect(missingLater('app.js', needed, { hostType: 'js' })).toEqual([
    'assets/page-BUdh9o4.js',
    'assets/lazy-A.js',
  ])
})

test('the page itself names all that it needs', () => {
  expect(missingLater('index.html', needed, { hostType: 'html' })).toEqual(needed)
})
