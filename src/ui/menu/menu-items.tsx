import Check from 'lucide-react/icons/check'
import { cloneElement, use, useId, type MouseEvent, type ReactElement, type ReactNode } from 'react'
import { CloseMenu } from './menu.tsx'

const ITEM =
  'flex w-full items-start gap-2.5 rounded-md px-2.5 py-1.5 text-left outline-none focus:bg-accent-soft forced-colors:focus:outline-2 forced-colors:focus:-outline-offset-2 pointer-coarse:py-3'
const ICON = 'mt-0.5 flex size-4 shrink-0 items-center justify-center text-muted'

type ItemProps = {
  onSelect: () => void
  /** Why the item is disabled, as a sentence, which the item then shows. Arrow keys still reach the item. */
  disabledReason?: string | null | undefined
  danger?: boolean | undefined
  /** Small print below the label. */
  hint?: ReactNode
  /** "no" if the label is a name. */
  translate?: 'no'
  children: ReactNode
}

type BodyProps = Pick<ItemProps, 'hint' | 'disabledReason' | 'translate' | 'children'> & {
  id: string
  icon?: ReactNode
}

function ItemBody({ id, icon, hint, disabledReason, translate, children }: BodyProps) {
  return (
    <>
      {icon !== undefined && (
        <span className={ICON} aria-hidden>
          {icon}
        </span>
      )}
      <span className="min-w-0">
        <span
          id={`${id}-label`}
          translate={translate}
          className={`block font-medium ${disabledReason ? 'text-muted' : ''}`}
        >
          {children}
        </span>
        {(disabledReason || hint) && (
          <span id={`${id}-more`} className="block text-xs text-muted">
            {disabledReason || hint}
          </span>
        )}
      </span>
    </>
  )
}

// Separate ids for label and small print, or the small print would become part of the item's name.
const described = (id: string, more: boolean) => ({
  'aria-labelledby': `${id}-label`,
  'aria-describedby': more ? `${id}-more` : undefined,
})

export function MenuItem({ onSelect, disabledReason, danger = false, hint, children }: ItemProps) {
  const id = useId()
  const close = use(CloseMenu)
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabledReason ? true : undefined}
      {...described(id, Boolean(disabledReason || hint))}
      className={`${ITEM} ${danger && !disabledReason ? 'text-danger focus:bg-danger-soft' : ''}`}
      onClick={() => {
        if (disabledReason) return
        // Close the menu first, so that a dialog opened by onSelect returns the focus to the menu's trigger.
        close()
        onSelect()
      }}
    >
      <ItemBody id={id} hint={hint} disabledReason={disabledReason}>
        {children}
      </ItemBody>
    </button>
  )
}

type LinkProps = Pick<ItemProps, 'hint' | 'translate' | 'children'> & {
  /** The link element: the router's Link or a plain <a>. */
  render: ReactElement<{ onClick?: ((event: MouseEvent<HTMLAnchorElement>) => void) | undefined }>
}

export function MenuLink({ render, hint, translate, children }: LinkProps) {
  const id = useId()
  const close = use(CloseMenu)
  const props = {
    role: 'menuitem',
    tabIndex: -1,
    ...described(id, Boolean(hint)),
    className: ITEM,
    onClick: (event: MouseEvent<HTMLAnchorElement>) => {
      render.props.onClick?.(event)
      close()
    },
    children: (
      <ItemBody id={id} hint={hint} {...(translate && { translate })}>
        {children}
      </ItemBody>
    ),
  }
  return cloneElement(render, props)
}

type CheckProps = Pick<ItemProps, 'hint' | 'children'> & { checked: boolean; onSelect: () => void }

function Checkable({
  kind,
  checked,
  onSelect,
  hint,
  children,
  keepOpen,
}: CheckProps & { kind: 'checkbox' | 'radio'; keepOpen: boolean }) {
  const id = useId()
  const close = use(CloseMenu)
  return (
    <button
      type="button"
      role={`menuitem${kind}`}
      tabIndex={-1}
      aria-checked={checked}
      {...described(id, Boolean(hint))}
      className={ITEM}
      onClick={() => {
        if (!keepOpen) close()
        onSelect()
      }}
    >
      <ItemBody id={id} hint={hint} icon={checked && <Check size={16} />}>
        {children}
      </ItemBody>
    </button>
  )
}

/** A checkbox item. The menu stays open, as users often change several settings. */
export function MenuCheck(props: CheckProps) {
  return <Checkable kind="checkbox" keepOpen {...props} />
}

/** A radio button in a MenuGroup. */
export function MenuRadio(props: CheckProps) {
  return <Checkable kind="radio" keepOpen={false} {...props} />
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset aria-labelledby={id} className="min-w-0">
      <div id={id} role="presentation" className="px-2.5 pt-2 pb-1 text-2xs font-semibold text-muted">
        {label}
      </div>
      {children}
    </fieldset>
  )
}

export function MenuSeparator() {
  return <hr className="my-1 border-line" />
}
