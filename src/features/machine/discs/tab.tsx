import { addDisc, changeDisc, moveDisc, purgeDisc } from '../../../actions/discs.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { definitionQueries } from '../../../api/definitions.ts'
import type { Disc } from '../../../api/virtual-machine.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Backups } from './backups.tsx'
import { DiscForm } from './disc-form.tsx'
import { MoveDisc } from './disc-move.tsx'
import { PurgeDisc } from './disc-purge.tsx'
import { DiscTable } from './disc-table.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

type Asked = { to: 'add' } | { to: 'change' | 'move' | 'purge'; disc: Disc; boots: boolean }

/** The discs of the machine, and all that can be done to them. */
export function DiscsTab(props: TabProps) {
  const { vm } = props.machine
  const { discs } = vm
  const definitions = useQuery(definitionQueries.all())
  const disabledReasonOf = useDisabledReason(props.machine)
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const askTo = (to: 'change' | 'move' | 'purge') => (disc: Disc) =>
    setAsked({ to, disc, boots: disc.id === discs?.[0]?.id })
  return (
    <div className="grid gap-4">
      {vm.power_on && (
        <Notice>{vm.name} is running: what changes about its discs, the guest sees after a restart.</Notice>
      )}
      <Card
        title="Discs"
        actions={
          <Button
            size="small"
            disabledReason={disabledReasonOf(addDisc)}
            onClick={() => setAsked({ to: 'add' })}
          >
            Add disc
          </Button>
        }
        padded={!discs || discs.length === 0}
      >
        {!discs && <p className="text-muted">BigV did not say which discs it has.</p>}
        {discs?.length === 0 && <p className="text-muted">It has none.</p>}
        {discs && discs.length > 0 && (
          <DiscTable
            discs={discs}
            definitions={definitions.data}
            reasonFor={{
              change: disabledReasonOf(changeDisc),
              move: disabledReasonOf(moveDisc),
              purge: disabledReasonOf(purgeDisc),
            }}
            onChange={askTo('change')}
            onMove={askTo('move')}
            onPurge={askTo('purge')}
          />
        )}
      </Card>
      {discs && discs.length > 0 && <Backups {...props} discs={discs} />}
      {asked?.to === 'add' && <DiscForm {...props} disc={null} onClose={close} />}
      {asked?.to === 'change' && <DiscForm {...props} disc={asked.disc} onClose={close} />}
      {asked?.to === 'move' && <MoveDisc {...props} disc={asked.disc} boots={asked.boots} onClose={close} />}
      {asked?.to === 'purge' && (
        <PurgeDisc {...props} disc={asked.disc} boots={asked.boots} onClose={close} />
      )}
    </div>
  )
}
