import { useState } from 'react'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { powerOutlook } from './outlook.ts'

/** What each power action would do next, for this machine's two booleans: a line under its state; on a phone when asked for. */
export function PowerOutlook({ vm }: { vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'> }) {
  const [open, setOpen] = useState(false)
  const outlook = powerOutlook(vm)
  if (outlook.length === 0) return null
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="min-h-6 text-xs text-muted underline pointer-coarse:min-h-9 sm:hidden"
      >
        What each power action would do
      </button>
      <dl
        aria-label="What each power action would do"
        className={`mt-1 flex flex-wrap gap-x-4 text-xs text-muted ${open ? '' : 'max-sm:hidden'}`}
      >
        {outlook.map(({ what, next }) => (
          <div key={what} className="flex flex-wrap gap-x-1">
            <dt className="font-semibold">{what}:</dt>
            <dd>{next}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
