import { reimage } from '../../../actions/lifecycle.ts'
import { shutDown } from '../../../actions/power.ts'
import { useState } from 'react'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { formatMib } from '../../../lib/units.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { ReimageDialog } from '../../reimage/reimage-dialog.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Installing a system anew: what it would erase, and the way there. */
export function ReimageCard(props: TabProps) {
  const [asking, setAsking] = useState(false)
  const disabledReasonOf = useDisabledReason(props.machine)
  const { discs } = props.machine.vm
  const first = discs?.[0]
  const named = first ? `, ${first.label} (${formatMib(first.size)}),` : ''
  const others = (discs?.length ?? 0) > 1 ? 'The other discs stay as they are.' : 'It has no other discs.'
  const lost = `Re-imaging erases the first disc${named} and installs a system on it. ${discs ? others : ''} Afterwards it is on, and autoreboot_on is off.`
  const running = props.machine.vm.power_on ? ' It runs, so it is shut down first.' : ''
  const discless = discs?.length === 0 ? 'It has no disc to put a system on. Add one first.' : null
  return (
    <Card title="System" padded>
      <p>
        {lost}
        {running}
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button
          variant="danger"
          disabledReason={disabledReasonOf(props.machine.vm.power_on ? shutDown : reimage) ?? discless}
          onClick={() => setAsking(true)}
        >
          Re-image
        </Button>
      </div>
      {asking && <ReimageDialog {...props} lost={lost} onClose={() => setAsking(false)} />}
    </Card>
  )
}
