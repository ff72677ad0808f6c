import { useState, type MouseEvent } from 'react'
import { Link } from 'react-router'
import { change } from '../../../actions/hardware.ts'
import { purge, reimage, remove, undelete } from '../../../actions/lifecycle.ts'
import { shutDown, start } from '../../../actions/power.ts'
import { rescue } from '../../../actions/rescue.ts'
import type { MachineData, VirtualMachine } from '../../../api/virtual-machines.ts'
import { ActionButton, usePress } from '../../../components/actions/action-button.tsx'
import { confirmAndRun } from '../../../components/actions/confirm.tsx'
import { isDangerous, menuLabel, POWER_GROUPS, type Control } from '../../../components/actions/menus.ts'
import { useGroups } from '../../../components/groups.tsx'
import { links, type GroupRef } from '../../../lib/links.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { useIsQueuedInBatch } from '../../../operations/store.ts'
import { Button } from '../../../ui/button.tsx'
import { MenuGroup, MenuItem, MenuLink, MenuSeparator } from '../../../ui/menu/menu-items.tsx'
import { toast } from '../../../ui/toast.ts'
import { openRowDialog } from './row-dialog.ts'
import { addressesIn, type MachineRow } from './columns.ts'

interface RowProps {
  group: GroupRef
  vm: VirtualMachine
}

// BigV's list doesn't say which machines are still being created. The fetch before a change does.
const inRow = (vm: VirtualMachine): MachineData => ({ vm, creating: false })

/** Undelete and Purge, in the row of a deleted machine. */
export function DeletedActions({ group, vm, tabIndex }: RowProps & { tabIndex: number }) {
  return (
    <span className="flex gap-1.5">
      {[undelete, purge].map((action) => (
        <ActionButton
          key={action.name}
          action={action}
          group={group}
          machine={inRow(vm)}
          size="small"
          tabIndex={tabIndex}
          data-control={action.name}
          aria-label={`${action.label} ${vm.name}`}
        />
      ))}
    </span>
  )
}

/** The one action that a row shows before its menu: Start, Shut down or Undelete. Nothing if that isn't possible now. */
export function RowAction({ group, vm, tabIndex }: RowProps & { tabIndex: number }) {
  const disabledReasonOf = useDisabledReason(inRow(vm))
  const isQueued = useIsQueuedInBatch(vm.id)
  const action = usualAction(vm)
  if (action === null || isQueued || disabledReasonOf(action) !== null) return null
  const run = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    // The button goes once the action runs, so the focus moves to the row's menu.
    currentTarget
      .closest('[data-id]')
      ?.querySelector<HTMLElement>('[data-control=menu]')
      ?.focus({ preventScroll: true })
    confirmAndRun(action, group, inRow(vm))
  }
  return (
    <Button
      size="small"
      tabIndex={tabIndex}
      data-control="action"
      aria-label={`${action.label} ${vm.name}`}
      className="mr-1 max-w-none!"
      onClick={run}
    >
      {action.label}
    </Button>
  )
}

function usualAction({ deleted, power_on, autoreboot_on }: VirtualMachine) {
  if (deleted) return undelete
  if (power_on) return shutDown
  return autoreboot_on ? null : start
}

const LAST = [undelete, remove, purge]

/**
 * The items of a row's menu: only what is possible when the menu opens. They stay while it is open, so that none moves under the pointer. An
 * action that becomes impossible meanwhile says why.
 */
export function ActionMenuItems({ row }: { row: MachineRow }) {
  const { group, vm } = row
  const machine = inRow(vm)
  const disabledReasonOf = useDisabledReason(machine)
  const press = usePress(group, machine, links.machineKeys(group, vm.id))
  const groups = useGroups(group.account)
  const [first, ...others] = addressesIn(row)
  const via = vm.power_on ? shutDown : null
  const dialogs = [
    // Without a disc, there is nothing to install a system on.
    { kind: 'reimage', label: 'Re-image…', needs: via ?? reimage, offered: row.discs !== 0, danger: true },
    { kind: 'rescue', label: 'Rescue…', needs: via ?? rescue, offered: true, danger: false },
    { kind: 'move', label: 'Move to group…', needs: change, offered: groups.length > 1, danger: false },
  ] as const
  const isPossible = (action: Parameters<typeof disabledReasonOf>[0]) => disabledReasonOf(action) === null
  const [shown] = useState(() => ({
    power: POWER_GROUPS.map(({ menu, label, actions }) => ({
      // Nothing is lost when the power of a machine that is off is cut.
      heading: menu === 'forced' ? (vm.power_on ? label : 'Forced') : null,
      actions: actions.filter(isPossible),
    })).filter(({ actions }) => actions.length > 0),
    dialogs: new Set(
      dialogs.filter(({ needs, offered }) => offered && isPossible(needs)).map(({ kind }) => kind),
    ),
    // Purge is offered only for deleted machines: before that, Delete can still be undone.
    last: LAST.filter((action) => isPossible(action) && (action !== purge || vm.deleted === true)),
  }))
  const item = (action: Control) => (
    <MenuItem
      key={action.name}
      danger={isDangerous(action, vm.power_on)}
      disabledReason={disabledReasonOf(action)}
      onSelect={() => press(action)}
    >
      {menuLabel(action)}
    </MenuItem>
  )
  return (
    <>
      {shown.power.map(({ heading, actions }) =>
        heading === null ? (
          actions.map(item)
        ) : (
          <MenuGroup key={heading} label={heading}>
            {actions.map(item)}
          </MenuGroup>
        ),
      )}
      {shown.power.length > 0 && <MenuSeparator />}
      {dialogs
        .filter(({ kind }) => shown.dialogs.has(kind))
        .map(({ kind, label, needs, danger }) => (
          <MenuItem
            key={kind}
            danger={danger}
            disabledReason={disabledReasonOf(needs)}
            onSelect={() => openRowDialog({ kind, group, machine })}
          >
            {label}
          </MenuItem>
        ))}
      <MenuLink render={<Link to={links.duplicate(group, vm.id)} />}>Duplicate</MenuLink>
      {first !== undefined && (
        <>
          <MenuSeparator />
          <MenuItem hint={first} onSelect={() => void copy(first)}>
            Copy address
          </MenuItem>
          {others.map((address) => (
            <MenuItem key={address} onSelect={() => void copy(address)}>
              {`Copy ${address}`}
            </MenuItem>
          ))}
          <MenuItem hint={`ssh root@${first}`} onSelect={() => void copy(`ssh root@${first}`)}>
            Copy ssh
          </MenuItem>
        </>
      )}
      {shown.last.length > 0 && <MenuSeparator />}
      {shown.last.map(item)}
    </>
  )
}

/** Copies a text. Where the browser doesn't allow that (outside https and localhost), a toast shows the text, to copy by hand. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast({ id: 'copied', tone: 'ok', title: `Copied: ${text}` })
  } catch {
    toast({ id: 'copied', tone: 'warn', title: 'The browser didn’t allow copying', text })
  }
}
