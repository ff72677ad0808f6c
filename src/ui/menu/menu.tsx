import {
  cloneElement,
  createContext,
  useId,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react'
import { lazyComponent, loadOrNotify, preloadLazy } from '../lazy.tsx'

const MenuPopup = lazyComponent(async () => (await import('./menu-popup.tsx')).MenuPopup)

/** The function that closes the menu around an item. */
export const CloseMenu = createContext<() => void>(() => {})

/*
 * A menu based on the popover attribute. A list has one menu per row, so a closed menu must cost no more than its button: the popup is
 * loaded lazily, as are the items (menu-items.tsx) of menus in the first view.
 */

type TriggerProps = {
  id?: string | undefined
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
  'aria-controls'?: string | undefined
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLButtonElement>) => void
}

type MenuProps = {
  trigger: ReactElement<TriggerProps>
  label: string
  /** Rendered only while open. Pass a function if even creating the elements would be too slow for a row. */
  children: ReactNode | (() => ReactNode)
  align?: 'start' | 'end' | undefined
}

export function Menu({ trigger, label, children, align = 'start' }: MenuProps) {
  const id = useId()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [last, setLast] = useState(false)
  const show = (element: HTMLElement, atLast: boolean) => {
    setAnchor(element)
    setLast(atLast)
  }
  // Wait until the items are loaded, as one of them gets the focus.
  const open = (element: HTMLElement, atLast: boolean) => {
    const loading = preloadLazy()
    if (loading === null) show(element, atLast)
    else void loadOrNotify(() => loading.then(() => true)).then((there) => there && show(element, atLast))
  }
  const close = () => {
    anchor?.focus({ preventScroll: true })
    setAnchor(null)
  }

  return (
    <>
      {cloneElement(trigger, {
        'aria-haspopup': 'menu',
        'aria-expanded': anchor !== null,
        'aria-controls': anchor ? id : undefined,
        onClick: (event) => {
          trigger.props.onClick?.(event)
          if (anchor) close()
          else open(event.currentTarget, false)
        },
        onKeyDown: (event) => {
          trigger.props.onKeyDown?.(event)
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          if (event.currentTarget.getAttribute('aria-disabled') === 'true') return
          event.preventDefault()
          open(event.currentTarget, event.key === 'ArrowUp')
        },
      })}
      {anchor && (
        <CloseMenu value={close}>
          <MenuPopup id={id} label={label} anchor={anchor} align={align} last={last} onClose={close}>
            {typeof children === 'function' ? children() : children}
          </MenuPopup>
        </CloseMenu>
      )}
    </>
  )
}
