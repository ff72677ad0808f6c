import { expect, test } from 'vitest'
import { errorLines, markedLines } from '../testing/lint.ts'

// The lines that end in “// error” must be reported: one of the oldest browsers lacks the feature.
const CODE = `
new Sanitizer() // error
Promise.try(() => 1) // error
navigator.deviceMemory // error
navigator.getBattery() // error
window.requestIdleCallback(() => 1) // error
requestIdleCallback(() => 1) // error
const element = document.body
element.moveBefore(element, null) // error
document.caretPositionFromPoint(1, 1) // error
AbortSignal.any([AbortSignal.timeout(1)])
element.showPopover()
URL.canParse('')
Promise.withResolvers()
URL.createObjectURL(new Blob())
export const own = (requestIdleCallback) => requestIdleCallback(1)
export const use = (mine) => mine.use()
'' satisfies Sanitizer
`

test('no-newer-features reports features that the oldest supported browsers lack', async () => {
  expect(await errorLines('browsers/no-newer-features', CODE)).toEqual(markedLines(CODE))
})
