import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { powerOutlook } from '../../operations/outlook.ts'

/** What each power action would do next, for this machine's two booleans: a line under its state. */
export function PowerOutlook({ vm }: { vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'> }) {
  const outlook = powerOutlook(vm)
  if (outlook.length === 0) return null
  return (
    <dl
      aria-label="What each power action would do"
      className="mt-1 flex flex-wrap gap-x-4 text-xs text-muted"
    >
      {outlook.map(({ what, next }) => (
        <div key={what} className="flex flex-wrap gap-x-1">
          <dt className="font-semibold">{what}:</dt>
          <dd>{next}</dd>
        </div>
      ))}
    </dl>
  )
}
