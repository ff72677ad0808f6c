import { useSyncExternalStore } from 'react'
import { lazyComponent } from '../../ui/lazy.tsx'
import { askedNow, stopAsking, subscribeAsked } from './asked.ts'

const ConfirmOperation = lazyComponent(
  async () => (await import('./confirm-operation.tsx')).ConfirmOperation,
  {
    onDemand: true,
  },
)

/** The one place where actions ask; loaded when the first one does. */
export function AskedDialog() {
  const asked = useSyncExternalStore(subscribeAsked, askedNow)
  return asked && <ConfirmOperation key={asked.machine.vm.id} asked={asked} onClose={stopAsking} />
}
