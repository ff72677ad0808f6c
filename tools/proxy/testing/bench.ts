import { startFakeBigv, type FakeBigv } from './fake-bigv.ts'
import { startProxy, type Kind, type Proxy, type ProxyOptions } from './servers.ts'
import type { Wire } from './wire.ts'

/** Starts what one test needs, and stops it all after it. */
export type Bench = {
  proxyTo: (bigvUrl: string, options?: ProxyOptions) => Promise<Proxy>
  fakeBigv: (answer: (connection: Wire) => unknown, options?: { secure: boolean }) => Promise<FakeBigv>
  close: () => Promise<void>
}

export function newBench(kind: Kind): Bench {
  const running: { close: () => Promise<void> }[] = []
  return {
    async proxyTo(bigvUrl, options) {
      const proxy = await startProxy(kind, bigvUrl, options)
      running.unshift(proxy)
      return proxy
    },
    async fakeBigv(answer, options) {
      const bigv = await startFakeBigv(options)
      bigv.answer = answer
      running.push(bigv)
      return bigv
    },
    async close() {
      for (const one of running) await one.close()
    },
  }
}
