import { ArrowRightLeft, Pencil, Trash2 } from 'lucide-react'
import type { Disc } from '../../../api/virtual-machines.ts'
import { formatMib } from '../../../lib/units.ts'
import { CopyButton } from '../../../ui/code.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Tag } from '../../../ui/tag.tsx'

/** Why discs cannot be changed, moved or purged now. */
export interface DiscReasons {
  change: string | null
  move: string | null
  purge: string | null
}

interface Props {
  disc: Disc
  boots: boolean
  /** Of its storage grade, where this brain gives one. */
  description: string | undefined
  reasonFor: DiscReasons
  onChange: () => void
  onMove: () => void
  onPurge: () => void
}

const CELL = 'border-b border-line px-3.5 py-2 align-top'

/** One disc. Where there is no room for columns, grade and pool stand below the label. */
export function DiscRow({ disc, boots, description, reasonFor, onChange, onMove, onPurge }: Props) {
  const { id, label, size, storage_grade, storage_pool } = disc
  return (
    <tr>
      <th scope="row" className={`${CELL} text-left font-normal`}>
        <span className="font-mono text-xs font-semibold wrap-anywhere">{label}</span>{' '}
        {boots && <Tag>boots</Tag>}
        <div className="text-xs text-muted">
          <span className="whitespace-nowrap">
            id {id} <CopyButton value={String(id)} label={`Copy the id of ${label}`} />
          </span>
          <span className="block md:hidden">
            {storage_grade ?? 'grade unknown'}
            {description && ` – ${description}`}
          </span>
          <span className="block font-mono wrap-anywhere lg:hidden">{storage_pool}</span>
        </div>
      </th>
      <td className={`${CELL} max-md:hidden`}>
        {storage_grade ?? <span className="text-muted">unknown</span>}
        {description && <p className="text-xs text-muted">{description}</p>}
      </td>
      <td className={`${CELL} font-mono text-xs wrap-anywhere max-lg:hidden`}>{storage_pool ?? '–'}</td>
      <td className={`${CELL} text-right whitespace-nowrap`}>{formatMib(size)}</td>
      <td className={`${CELL} w-0 pl-0 whitespace-nowrap`}>
        <IconButton
          size="small"
          label={`Change ${label}`}
          disabledReason={reasonFor.change}
          onClick={onChange}
        >
          <Pencil size={15} aria-hidden />
        </IconButton>
        <IconButton size="small" label={`Move ${label}`} disabledReason={reasonFor.move} onClick={onMove}>
          <ArrowRightLeft size={15} aria-hidden />
        </IconButton>
        <IconButton size="small" label={`Purge ${label}`} disabledReason={reasonFor.purge} onClick={onPurge}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      </td>
    </tr>
  )
}
