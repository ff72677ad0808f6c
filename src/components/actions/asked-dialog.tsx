import { asked } from './asked.ts'
import { lazyComponent } from '../../ui/lazy.tsx'

const ConfirmOperation = lazyComponent(
  async () => (await import('./confirm-operation.tsx')).ConfirmOperation,
  {
    onDemand: true,
  },
)

/** The one place where actions ask; loaded when the first one does. */
export function AskedDialog() {
  const now = asked.use()
  return now && <ConfirmOperation key={now.machine.vm.id} asked={now} onClose={() => asked.set(null)} />
}
