import { expect, test, vi } from 'vitest'
import { fetchMachines } from '../virtual-machines.ts'
import { REF } from './machines.ts'
import { useSimulatedBigv } from './simulated-bigv.ts'
import { signIn, signOut } from '../../session/session.ts'

const bigv = useSimulatedBigv()

test('the simulated BigV answers a list without a turn of the event loop, for fake timers', async () => {
  const { id } = await bigv.control.createMachine(bigv.acme, { name: 'web' })
  signIn({ account: 'acme', username: 'demo', password: 'demo', otp: '' }, false)
  const arrived = vi.fn()
  void fetchMachines(REF).then(arrived)
  // The event loop doesn't turn before the queue of ticks is empty.
  for (let ticks = 0; ticks < 1_000; ticks++) await new Promise<void>((resolve) => process.nextTick(resolve))
  expect(arrived).toHaveBeenCalledTimes(1)
  await bigv.control.removeMachine(id)
  signOut()
})
