import { lazy, Suspense, useSyncExternalStore } from 'react'
import { askedNow, stopAsking, subscribeAsked } from './ask.ts'

const ConfirmOperation = lazy(async () => ({
  default: (await import('./confirm-operation.tsx')).ConfirmOperation,
}))
const SendKeys = lazy(async () => ({ default: (await import('./send-keys.tsx')).SendKeys }))

/** The one place where actions ask; loaded when the first one does. */
export function AskedDialog() {
  const asked = useSyncExternalStore(subscribeAsked, askedNow)
  if (asked === null) return null
  const { action } = asked
  return (
    <Suspense>
      {action === 'send_keys' ? (
        <SendKeys asked={asked} onClose={stopAsking} />
      ) : (
        <ConfirmOperation key={asked.reading.vm.id} asked={{ ...asked, action }} onClose={stopAsking} />
      )}
    </Suspense>
  )
}
