import { part } from '../../ui/part.tsx'
import { asked } from './asked.ts'

const ConfirmOperation = part(async () => (await import('./confirm-operation.tsx')).ConfirmOperation, {
  onDemand: true,
})

/** The one place where actions ask; loaded when the first one does. */
export function AskedDialog() {
  const now = asked.use()
  return now && <ConfirmOperation key={now.machine.vm.id} asked={now} onClose={() => asked.set(null)} />
}
