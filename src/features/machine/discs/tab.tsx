import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { addDisc, changeDisc, MOST_DISCS, moveDisc, purgeDisc } from '../../../actions/discs.ts'
import { definitionQueries } from '../../../api/definitions.ts'
import type { Disc, MachineInGroup } from '../../../api/virtual-machines.ts'
import { formatMib } from '../../../lib/units.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/code.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { Backups } from './backups.tsx'
import { AddDisc, ChangeDisc, MoveDisc, PurgeDisc } from './disc-dialogs.tsx'

interface Open {
  to: 'change' | 'move' | 'purge'
  disc: Disc
}

export function DiscsTab(props: MachineInGroup) {
  const { vm } = props.machine
  const { discs } = vm
  const disabledReasonOf = useDisabledReason(props.machine)
  const [open, setOpen] = useState<Open | 'add' | null>(null)
  const dialog = { ...props, onClose: () => setOpen(null) }
  const chosen = open === null || open === 'add' ? null : { ...open, ...asNow(discs ?? [], open.disc) }
  return (
    <div className="grid gap-4">
      {vm.power_on && <Notice>{vm.name} is running: the guest sees disc changes after a restart.</Notice>}
      <Card
        title="Discs"
        actions={
          <Button size="small" disabledReason={disabledReasonOf(addDisc)} onClick={() => setOpen('add')}>
            {addDisc.label}
          </Button>
        }
        padded={!discs || discs.length === 0}
      >
        {!discs && <p className="text-muted">BigV doesn’t list this machine’s discs.</p>}
        {discs?.length === 0 && <p className="text-muted">No discs.</p>}
        {discs && discs.length > 0 && <DiscTable {...props} discs={discs} onOpen={setOpen} />}
      </Card>
      {discs && discs.length > 0 && <Backups {...props} discs={discs} />}
      {open === 'add' && <AddDisc {...dialog} />}
      {chosen?.to === 'change' && <ChangeDisc {...dialog} {...chosen} />}
      {chosen?.to === 'move' && <MoveDisc {...dialog} {...chosen} />}
      {chosen?.to === 'purge' && <PurgeDisc {...dialog} {...chosen} />}
    </div>
  )
}

/** The disc as BigV has it now, so that an open dialog shows changes made elsewhere. BigV boots from the first disc. */
function asNow(discs: readonly Disc[], opened: Disc): { disc: Disc; boots: boolean } {
  const disc = discs.find(({ id }) => id === opened.id) ?? opened
  return { disc, boots: discs[0]?.id === disc.id }
}

const HEAD = 'border-b border-line px-3.5 py-2 text-left font-semibold'
const HEADS = [
  ['Label', ''],
  ['Storage grade', 'max-md:hidden'],
  ['Pool', 'max-lg:hidden'],
  ['Size', 'text-right!'],
] as const
const CELL = 'border-b border-line px-3.5 py-2 align-top'

interface TableProps extends MachineInGroup {
  discs: readonly Disc[]
  onOpen: (open: Open) => void
}

/** The discs in BigV's order; the machine boots from the first. */
function DiscTable({ discs, machine, onOpen }: TableProps) {
  const descriptions = useQuery(definitionQueries.all()).data?.storage_grade_descriptions
  const disabledReasonOf = useDisabledReason(machine)
  const reasons = {
    change: disabledReasonOf(changeDisc),
    move: disabledReasonOf(moveDisc),
    purge: disabledReasonOf(purgeDisc),
  }
  const total = discs.reduce((sum, { size }) => sum + size, 0)
  return (
    <table className="w-full border-collapse">
      <thead className="bg-raised text-xs text-muted">
        <tr>
          {HEADS.map(([head, className]) => (
            <th key={head} scope="col" className={`${HEAD} ${className}`}>
              {head}
            </th>
          ))}
          <th scope="col" className={`${HEAD} max-md:hidden`}>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {discs.map((disc, index) => (
          <DiscRow
            key={disc.id}
            disc={disc}
            boots={index === 0}
            description={descriptions?.[disc.storage_grade ?? '']}
            reasons={reasons}
            onOpen={(to) => onOpen({ to, disc })}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="px-3.5 py-2 text-left font-normal text-muted">
            Total, {discs.length} of {MOST_DISCS} discs
          </th>
          {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing to add up */}
          <td className="max-md:hidden" />
          {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing to add up */}
          <td className="max-lg:hidden" />
          <td className="px-3.5 py-2 text-right font-semibold whitespace-nowrap">{formatMib(total)}</td>
          {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- an empty cell below the buttons */}
          <td className="max-md:hidden" />
        </tr>
      </tfoot>
    </table>
  )
}

interface RowProps {
  disc: Disc
  boots: boolean
  /** Describes the storage grade, if BigV has a description. */
  description: string | undefined
  reasons: Record<Open['to'], string | null>
  onOpen: (to: Open['to']) => void
}

const BUTTONS = [
  ['change', 'Change', 'normal'],
  ['move', 'Move', 'normal'],
  ['purge', 'Purge', 'danger'],
] as const

/** One disc. On a narrow screen, grade, pool and buttons are shown below the label. */
function DiscRow({ disc, boots, description, reasons, onOpen }: RowProps) {
  const { id, label, size, storage_grade, storage_pool } = disc
  const buttons = BUTTONS.map(([to, verb, variant]) => (
    <Button
      key={to}
      size="small"
      variant={variant}
      aria-label={`${verb} ${label}`}
      disabledReason={reasons[to]}
      onClick={() => onOpen(to)}
    >
      {verb}
    </Button>
  ))
  return (
    <tr>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="font-mono text-xs font-semibold wrap-anywhere">{label}</span>{' '}
        {boots && <Tag>boot</Tag>}
        <div className="text-xs text-muted">
          <span className="whitespace-nowrap">
            id {id} <CopyButton value={String(id)} label={`Copy ID of ${label}`} />
          </span>
          <span translate={storage_grade && !description ? 'no' : undefined} className="block md:hidden">
            {storage_grade ?? 'grade unknown'}
            {description && ` – ${description}`}
          </span>
          <span className="block font-mono wrap-anywhere lg:hidden">{storage_pool}</span>
        </div>
        <div className="mt-1.5 flex flex-wrap gap-1.5 md:hidden">{buttons}</div>
      </th>
      <td className={`${CELL} max-md:hidden`}>
        {storage_grade ? (
          <span translate="no">{storage_grade}</span>
        ) : (
          <span className="text-muted">unknown</span>
        )}
        {description && <p className="text-xs text-muted">{description}</p>}
      </td>
      <td className={`${CELL} font-mono text-xs wrap-anywhere max-lg:hidden`}>{storage_pool ?? '–'}</td>
      <td className={`${CELL} text-right whitespace-nowrap`}>{formatMib(size)}</td>
      <td className={`${CELL} w-0 max-md:hidden`}>
        <div className="flex gap-1.5">{buttons}</div>
      </td>
    </tr>
  )
}
