import ChevronDown from 'lucide-react/icons/chevron-down'
import { useEffect, useRef, type FocusEvent } from 'react'
import { Link } from 'react-router'
import { sendKeys } from '../../actions/keys.ts'
import { purge, reimage } from '../../actions/lifecycle.ts'
import { rescue } from '../../actions/rescue.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { usePress } from '../../components/actions/action-button.tsx'
import { hintOf } from '../../components/actions/action-hints.ts'
import {
  offerFor,
  offerStateOf,
  phoneOfferFor,
  type Offer,
  type Offered,
  type OfferState,
} from '../../components/actions/controls.ts'
import { isDangerous, menuLabel } from '../../components/actions/menus.ts'
import { links } from '../../lib/links.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { useRunning } from '../../operations/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MenuGroup, MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { SplitButton } from '../../ui/menu/split-button.tsx'
import type { Reinstall } from './settings/reinstall.tsx'
import { SendKeysItems, SendKeysShort } from './send-keys-menu.tsx'

type Props = MachineInGroup & { reinstall: Reinstall }

/** The actions that the machine's state calls for, and the menu ⋯ with all others. */
export function HeaderActions(props: Props) {
  const { button, item, more } = useOffered(props)
  const state = offerStateOf(props.machine)
  const offer = offerFor(state)
  const keep = useKeptFocus(state)
  return (
    <span {...keep} className="flex flex-wrap items-center gap-2 print:hidden">
      {offer.buttons.map(({ action, main, menu }) => {
        if (action === sendKeys) {
          return (
            <Menu
              key={action.name}
              label={action.label}
              align="end"
              trigger={
                <Button>
                  {action.label}
                  <ChevronDown size={14} aria-hidden />
                </Button>
              }
            >
              <SendKeysItems {...props} />
            </Menu>
          )
        }
        const look = button(action, main)
        return menu ? (
          <SplitButton
            key={action.name}
            {...look}
            menuLabel={`${action.label} menu`}
            items={() => menu.map((each) => item(each))}
          />
        ) : (
          <Button key={action.name} {...look} />
        )
      })}
      {more(offer, offer.power)}
    </span>
  )
}

/** The bar at the bottom of a phone: the button that the state calls for, the menu Power, and the menu ⋯. */
export function PhoneActions(props: Props) {
  const { button, item, more } = useOffered(props)
  const state = offerStateOf(props.machine)
  const offer = phoneOfferFor(state)
  const keep = useKeptFocus(state)
  return (
    <>
      {/* The page ends above the bar. */}
      <div aria-hidden className="h-20 print:hidden" />
      <div
        {...keep}
        data-bottom-bar
        role="group"
        aria-label="Actions"
        className="fixed inset-x-0 bottom-0 z-10 flex gap-2 border-t border-line bg-surface px-3.5 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] print:hidden"
      >
        {offer.buttons.map(({ action, main }) => (
          <Button key={action.name} {...button(action, main)} className="flex-1" />
        ))}
        <Menu
          label="Power"
          align="end"
          trigger={
            <Button className={offer.buttons.length === 0 ? 'flex-1' : ''}>
              <span>Power</span>
              <ChevronDown size={14} aria-hidden />
            </Button>
          }
        >
          {offer.power.map((action) =>
            action === sendKeys ? <SendKeysShort key={action.name} {...props} /> : item(action),
          )}
        </Menu>
        {more(offer, [])}
      </div>
    </>
  )
}

/** Moves the focus to ⋯ if the focused button disappears because the machine's state has changed: otherwise it would be lost. */
function useKeptFocus(state: OfferState) {
  const container = useRef<HTMLElement>(null)
  const focused = useRef<Element | null>(null)
  useEffect(() => {
    if (focused.current?.isConnected !== false) return
    focused.current = null
    if (document.activeElement === document.body)
      container.current?.querySelector<HTMLElement>('[data-more]')?.focus({ preventScroll: true })
  }, [state])
  return {
    ref: (element: HTMLElement | null) => void (container.current = element),
    onFocus: (event: FocusEvent) => void (focused.current = event.target),
  }
}

/** How the page's buttons and menu items look, and what they do. */
function useOffered(props: Props) {
  const { group, machine, reinstall } = props
  const disabledReasonOf = useDisabledReason(machine)
  const running = useRunning(machine.vm.id)
  const press = usePress(group, machine, '?tab=keys')
  // Re-image and rescue shut down a running machine first.
  const repair = (action: Offered) =>
    action === reimage ? reinstall.reimage : action === rescue ? reinstall.rescue : null
  const disabledReason = (action: Offered) => {
    const own = repair(action)
    return own ? own.disabledReason : disabledReasonOf(action)
  }
  const onSelect = (action: Offered) => () => (repair(action) ? repair(action)?.open() : press(action))

  const button = (action: Offered, main = false) => ({
    // Re-image opens a form, whose own button is red.
    variant: main
      ? ('primary' as const)
      : action.loses === 'data' && action !== reimage
        ? ('danger' as const)
        : ('normal' as const),
    disabledReason: disabledReason(action),
    pending: running?.action === action.name && running.phase === 'checking',
    onClick: onSelect(action),
    children: action === reimage || action === purge ? `${action.label}…` : action.label,
  })
  const item = (action: Offered) => (
    <MenuItem
      key={action.name}
      danger={isDangerous(action, machine.vm.power_on)}
      disabledReason={disabledReason(action)}
      hint={hintOf(action, props)}
      onSelect={onSelect(action)}
    >
      {menuLabel(action, action === rescue ? 'Rescue' : action.label)}
    </MenuItem>
  )
  const more = ({ whole }: Offer, power: readonly Offered[]) => (
    <Menu
      label="More actions"
      align="end"
      trigger={
        <IconButton variant="normal" label="More actions" data-more>
          <span className="mark-more" aria-hidden />
        </IconButton>
      }
    >
      <MenuGroup label="Whole machine">
        {whole.filter((action) => repair(action)).map(item)}
        <MenuLink render={<Link to={links.duplicate(group, machine.vm.id)} />}>Duplicate</MenuLink>
        {whole.filter((action) => !repair(action)).map(item)}
      </MenuGroup>
      {power.length > 0 && <MenuGroup label="Power">{power.map(item)}</MenuGroup>}
    </Menu>
  )
  return { button, item, more }
}
