import { afterEach, beforeEach, vi } from 'vitest'

/**
 * Records the BroadcastChannels that each test opens, and closes them after it, so that a tab of one test doesn't answer those of the next.
 * Call in a file or a `describe`; the array has the channels of the current test, oldest first.
 */
export function useOpenChannels(): BroadcastChannel[] {
  const channels: BroadcastChannel[] = []
  const Real = BroadcastChannel
  beforeEach(() => {
    vi.stubGlobal(
      'BroadcastChannel',
      class extends Real {
        constructor(name: string) {
          super(name)
          channels.push(this)
        }
      },
    )
  })
  afterEach(() => {
    for (const channel of channels.splice(0)) channel.close()
  })
  return channels
}
