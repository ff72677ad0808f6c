import { Box, Layers, PanelsTopLeft, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRunning } from '../../operations/use-operations.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { StateBadge } from '../../components/machine/state-badge.tsx'
import type { ActionEntry, Entry, MachineEntry } from './entries.ts'

interface Props {
  id: string
  entry: Entry
  active: boolean
  onChoose: () => void
}

const ICONS = { page: PanelsTopLeft, group: Layers, machine: Box, action: Zap }

/** One entry, as an option of the palette's list. */
export function EntryOption(props: Props) {
  const { entry } = props
  if (entry.kind === 'action') return <ActionOption {...props} entry={entry} />
  if (entry.kind === 'machine') return <MachineOption {...props} entry={entry} />
  return <Option {...props} small={entry.hint} />
}

function MachineOption(props: Props & { entry: MachineEntry }) {
  const { vm } = props.entry
  const operation = useRunning(vm.id)
  return (
    <Option
      {...props}
      small={props.entry.hint}
      end={<StateBadge vm={vm} creating={false} operation={operation} stale={false} />}
    />
  )
}

function ActionOption(props: Props & { entry: ActionEntry }) {
  const { action, machine, hint } = props.entry
  const disabledReason = useDisabledReason(machine)(action)
  return <Option {...props} small={disabledReason ?? hint} disabled={disabledReason !== null} />
}

interface OptionProps extends Props {
  small: string
  end?: ReactNode
  disabled?: boolean
}

function Option({ id, entry, active, onChoose, small, end, disabled = false }: OptionProps) {
  const Icon = ICONS[entry.kind]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the box's, which keeps the focus
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      // The focus has to stay in the box.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => !disabled && onChoose()}
      className={`flex min-h-9 items-center gap-3 rounded-lg px-2.5 py-1 aria-selected:bg-accent-soft forced-colors:aria-selected:outline-2 pointer-coarse:min-h-11 ${disabled ? 'cursor-not-allowed' : 'cursor-pointer hover:bg-raised'}`}
    >
      <Icon size={15} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-2.5">
        <span className={`block truncate font-medium ${disabled ? 'text-muted' : ''}`}>{entry.label}</span>
        <span className="block min-w-0 truncate text-xs text-muted">{small}</span>
      </span>
      {end && <span className="shrink-0 text-xs">{end}</span>}
    </div>
  )
}
