import { describe, expect, test } from 'vitest'
import { leftChanged } from './left-changed.ts'
import type { Operation } from './operation.ts'
import { operation } from './testing/samples.ts'

const ON_TO_OFF = { before: true, after: false }
const OFF_TO_ON = { before: false, after: true }

type Given = Partial<Operation>
const done = (given: Given) => operation({ phase: 'ended', outcome: 'done', ...given })
const refused = (given: Given) => operation({ phase: 'ended', outcome: 'refused', ...given })

describe('the change of automatic restart to put back', () => {
  test.each<[string, Operation[]]>([
    ['a shutdown', [done({ action: 'shut_down', autoreboot: ON_TO_OFF })]],
    ['a start', [done({ action: 'start', autoreboot: OFF_TO_ON })]],
    ['a refused action that changed nothing', [refused({ action: 'stop' })]],
    [
      'a failure that left the value from before the first change',
      [
        done({ action: 'start', autoreboot: OFF_TO_ON }),
        refused({ action: 'shut_down', autoreboot: ON_TO_OFF }),
      ],
    ],
    ['a re-image of a machine that was off anyway', [done({ action: 'reimage' })]],
    [
      'a re-image, once the user has turned automatic restart off',
      [done({ action: 'autoreboot_off', autoreboot: ON_TO_OFF }), done({ action: 'reimage' })],
    ],
    ['an action that is still running', [operation({ action: 'shut_down', autoreboot: ON_TO_OFF })]],
  ])('is none after %s', (_, all) => {
    expect(leftChanged(all, 7)).toBeNull()
  })

  test.each<[string, Operation[]]>([
    ['a shutdown whose signal BigV refused', [refused({ action: 'shut_down', autoreboot: ON_TO_OFF })]],
    [
      'a shutdown and a re-image',
      [done({ action: 'shut_down', autoreboot: ON_TO_OFF }), done({ action: 'reimage' })],
    ],
    [
      'a failed shutdown, followed by key presses',
      [
        refused({ action: 'shut_down', autoreboot: ON_TO_OFF }),
        done({ action: 'send_keys', blocksNothing: true }),
      ],
    ],
  ])('is the value from before the first change after %s', (_, all) => {
    expect(leftChanged(all, 7)).toEqual(ON_TO_OFF)
    expect(leftChanged(all, 8)).toBeNull()
  })
})
