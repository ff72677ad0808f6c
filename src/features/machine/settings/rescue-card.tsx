import { rescue, shutDown } from '../../../actions/power.ts'
import { useState } from 'react'
import { ask } from '../../../components/actions/ask.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { PlanDialog } from '../../plan/plan-dialog.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Starting a machine that does not boot with BigV's own rescue system. */
export function RescueCard(props: TabProps) {
  const [asking, setAsking] = useState(false)
  const disabledReasonOf = useDisabledReason(props.machine)
  const running = props.machine.vm.power_on
  return (
    <Card title="Rescue" padded>
      <p>
        Starts it once with BigV’s rescue system, to mend what keeps it from booting; its discs stay as they
        are. {running && 'It runs, so it is shut down first.'}
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button
          disabledReason={disabledReasonOf(running ? shutDown : rescue)}
          onClick={() => (running ? setAsking(true) : ask(rescue, props.group, props.machine))}
        >
          Start rescue
        </Button>
      </div>
      {asking && <PlanDialog {...props} kind="rescue" onBegun={() => {}} onClose={() => setAsking(false)} />}
    </Card>
  )
}
