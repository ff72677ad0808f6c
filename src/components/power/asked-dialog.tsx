import { lazy, Suspense, useSyncExternalStore } from 'react'
import { askedNow, stopAsking, subscribeAsked } from './ask.ts'

const ConfirmOperation = lazy(async () => ({
  default: (await import('./confirm-operation.tsx')).ConfirmOperation,
}))

/** The one place where actions ask; loaded when the first one does. */
export function AskedDialog() {
  const asked = useSyncExternalStore(subscribeAsked, askedNow)
  if (asked === null) return null
  return (
    <Suspense>
      <ConfirmOperation key={asked.reading.vm.id} asked={asked} onClose={stopAsking} />
    </Suspense>
  )
}
