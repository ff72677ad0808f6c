import Box from 'lucide-react/icons/box'
import Layers from 'lucide-react/icons/layers'
import PanelsTopLeft from 'lucide-react/icons/panels-top-left'
import Search from 'lucide-react/icons/search'
import Zap from 'lucide-react/icons/zap'
import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { useNavigate } from 'react-router'
import { messageOf } from '../../api/errors.ts'
import { confirmAndRun } from '../../components/actions/confirm.tsx'
import { isDangerous } from '../../components/actions/menus.ts'
import { StateBadge } from '../../components/machine/state-badge.tsx'
import { links } from '../../lib/links.ts'
import { machineDisabledReason, useDisabledReason } from '../../operations/disabled-reason.ts'
import { useReadOnly } from '../../session/read-only.ts'
import { operations, runningOn, useRunning } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { useLayer } from '../../ui/layers.ts'
import { Kbd, Tag } from '../../ui/tag.tsx'
import { entriesOfMachine, type ActionEntry, type Entry, type MachineEntry } from './entries.ts'
import { findEntries } from './find-entries.ts'
import { useMatchingEntries } from './matching.ts'
import { useEntries } from './use-entries.ts'

/** Finds machines, groups, pages and actions. The → key shows the active machine's actions, and Backspace goes back. */
export function Palette({ account, onClose }: { account: string; onClose: () => void }) {
  const id = useId()
  const dialog = useModal(onClose)
  const list = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const readOnly = useReadOnly()
  const { all, isFetching, error } = useEntries(account)
  const [typed, setTyped] = useState('')
  // Which actions are impossible is asked once, when their list opens: no entry moves under the pointer.
  const [lastHere] = useState(() => impossible(all.here, readOnly))
  const [chosen, setChosen] = useState<{ machine: MachineEntry; last: ReadonlySet<string> } | null>(null)
  const machine = chosen?.machine ?? null
  const [active, setActive] = useState(0)
  const query = useDeferredValue(typed)
  const matching = useMatchingEntries(query)
  const among = chosen
    ? {
        here: withLast(entriesOfMachine(chosen.machine), chosen.last),
        pages: [],
        machines: [],
        recent: [],
        matching,
      }
    : { ...all, here: withLast(all.here, lastHere), matching }
  const { entries, count } = findEntries(query, among)
  const at = Math.min(active, entries.length - 1)
  const current = entries[at]
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at, query, machine, count])

  const change = (text: string) => {
    setTyped(text)
    setActive(0)
  }
  const showActions = (next: MachineEntry | null) => {
    setChosen(next && { machine: next, last: impossible(entriesOfMachine(next), readOnly) })
    change('')
  }
  const choose = (entry: Entry) => {
    if (entry.kind === 'action') {
      if (disabledReasonNow(entry, readOnly) !== null) return
      const { action, ref, machine } = entry
      onClose()
      if (action.confirmation === 'form') void navigate(links.machineKeys(ref, machine.vm.id))
      else confirmAndRun(action, ref, machine)
    } else {
      onClose()
      void navigate(entry.to)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, value } = event.currentTarget
    const last = entries.length - 1
    const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 }[event.key]
    const page = { PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) }[event.key]
    if (next !== undefined || page !== undefined) setActive(next ?? page ?? 0)
    else if (event.key === 'Enter' || (event.key === 'ArrowRight' && selectionStart === value.length)) {
      // The rendered list may lag behind the input. Enter and → act on what the input says.
      const meant = query === typed ? current : findEntries(typed, among).entries[0]
      if (event.key === 'Enter' && meant) choose(meant)
      else if (event.key === 'ArrowRight' && meant?.kind === 'machine') showActions(meant)
      else return
    } else if (event.key === 'Backspace' && machine && value === '') showActions(null)
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={dialog}
      aria-label="Go to"
      className="m-0 mx-auto mt-[10vh] flex max-h-[76dvh] w-[min(40rem,calc(100vw-1rem))] max-w-none flex-col overflow-hidden rounded-2xl border border-line-strong bg-surface p-0 text-text shadow-dialog backdrop:bg-[rgb(0_0_0/0.3)] max-sm:mt-2"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search size={16} aria-hidden className="shrink-0 text-muted" />
        {machine && <Tag tone="info">{machine.label}</Tag>}
        <input
          role="combobox"
          aria-label={machine ? `Actions for ${machine.label}` : 'Go to a machine, group or page'}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={current && `${id}-${current.key}`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={machine ? 'Search actions' : 'Machine, group, page, or “stop web1”'}
          value={typed}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-muted"
        />
      </div>
      {/* Not flex-1: in a <dialog>, WebKit takes its flex-basis of 0% for 0 px, so that the list is 12 px high. */}
      <div
        ref={list}
        role="listbox"
        id={`${id}-list`}
        aria-label="Results"
        className="min-h-0 flex-auto overflow-y-auto overscroll-contain p-1.5"
      >
        {entries.map((entry, index) => (
          <EntryOption
            key={entry.key}
            id={`${id}-${entry.key}`}
            entry={entry}
            active={index === at}
            onChoose={() => choose(entry)}
          />
        ))}
      </div>
      <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line bg-canvas px-3.5 py-1.5 text-xs text-muted">
        <span role="status" className="flex-1">
          {entries.length === 0 ? 'No results' : countText(count, entries.length)}
          {isFetching && ', loading the machines…'}
          {error && `. Couldn’t load all machines: ${messageOf(error)}`}
        </span>
        {machine && (
          <Button variant="quiet" size="small" onClick={() => showActions(null)}>
            Back
          </Button>
        )}
        {current?.kind === 'machine' && (
          <Button variant="quiet" size="small" onClick={() => showActions(current)}>
            Actions for {current.label} <Kbd className="pointer-coarse:hidden">→</Kbd>
          </Button>
        )}
      </div>
    </dialog>
  )
}

function disabledReasonNow({ action, machine }: ActionEntry, readOnly: boolean): string | null {
  return machineDisabledReason(action, machine, runningOn(operations(), machine.vm.id), readOnly, Date.now())
}

/** The keys of the actions that aren't possible now. */
function impossible(entries: readonly Entry[], readOnly: boolean): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.kind === 'action' && disabledReasonNow(entry, readOnly) !== null ? entry.key : [],
    ),
  )
}

function withLast(entries: readonly Entry[], last: ReadonlySet<string>): Entry[] {
  return [...entries.filter(({ key }) => !last.has(key)), ...entries.filter(({ key }) => last.has(key))]
}

function countText(count: number, shown: number): string {
  const all = count === 1 ? '1 result' : `${count.toLocaleString('en-GB')} results`
  return count > shown ? `${shown} of ${all}` : all
}

/** Opens a <dialog> as a modal. Escape or a click outside closes the dialog and returns the focus. */
function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  useLayer(onClose)
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useEffectEvent(onClose)
  // This is a layout effect, so that the dialog closes before its element is removed. Otherwise the focus would not return.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return undefined
    const onCancel = (event: Event) => {
      event.preventDefault()
      close()
    }
    const onPointerDown = (event: PointerEvent) => {
      if (event.target !== element) return
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const inside =
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom
      if (!inside) close()
    }
    element.addEventListener('cancel', onCancel)
    element.addEventListener('pointerdown', onPointerDown)
    if (!element.open) element.showModal()
    element.querySelector('input')?.focus()
    return () => {
      element.removeEventListener('cancel', onCancel)
      element.removeEventListener('pointerdown', onPointerDown)
      element.close()
    }
  }, [])
  return dialog
}

interface OptionProps {
  id: string
  entry: Entry
  active: boolean
  onChoose: () => void
}

const ICONS = { page: PanelsTopLeft, group: Layers, machine: Box, action: Zap }

function EntryOption(props: OptionProps) {
  const { entry } = props
  if (entry.kind === 'action') return <ActionOption {...props} entry={entry} />
  if (entry.kind === 'machine') return <MachineOption {...props} entry={entry} />
  return <Option {...props} small={entry.hint} />
}

function MachineOption(props: OptionProps & { entry: MachineEntry }) {
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

function ActionOption(props: OptionProps & { entry: ActionEntry }) {
  const { action, machine, hint } = props.entry
  const disabledReason = useDisabledReason(machine)(action)
  return (
    <Option
      {...props}
      small={disabledReason ?? hint}
      disabled={disabledReason !== null}
      danger={isDangerous(action, machine.vm.power_on)}
    />
  )
}

interface OptionViewProps extends OptionProps {
  small: string
  end?: ReactNode
  disabled?: boolean
  danger?: boolean
}

function Option({
  id,
  entry,
  active,
  onChoose,
  small,
  end,
  disabled = false,
  danger = false,
}: OptionViewProps) {
  const Icon = ICONS[entry.kind]
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the input keeps the focus and handles the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      // Keeps the focus in the input.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => !disabled && onChoose()}
      className={`flex min-h-9 items-center gap-3 rounded-lg px-2.5 py-1 aria-selected:bg-accent-soft forced-colors:aria-selected:outline-2 pointer-coarse:min-h-11 ${disabled ? 'cursor-not-allowed' : 'cursor-pointer hover:bg-raised'}`}
    >
      <Icon size={15} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-2.5">
        <span
          translate={entry.kind === 'machine' || entry.kind === 'group' ? 'no' : undefined}
          className={`block truncate font-medium ${disabled ? 'text-muted' : danger ? 'text-danger' : ''}`}
        >
          {entry.label}
        </span>
        <span
          translate={entry.kind === 'machine' ? 'no' : undefined}
          className="block min-w-0 truncate text-xs text-muted"
        >
          {small}
        </span>
      </span>
      {end && <span className="shrink-0 text-xs">{end}</span>}
    </div>
  )
}
