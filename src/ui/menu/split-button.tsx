import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from '../button.tsx'
import { Menu } from './menu.tsx'

type Props = ButtonProps & {
  /** The name of the menu, and of the arrow that opens it: "Shut down menu". */
  menuLabel: string
  /** The items. The button's own action comes first. */
  items: () => ReactNode
}

/** A button with a menu of related actions beside it. The menu opens even while the button is disabled. */
export function SplitButton({ menuLabel, items, className = '', ...props }: Props) {
  return (
    <span className="inline-flex max-w-full">
      <Button {...props} className={`rounded-r-none ${className}`} />
      <Menu
        label={menuLabel}
        align="end"
        trigger={
          <Button
            variant={props.variant}
            aria-label={menuLabel}
            className="-ml-px rounded-l-none px-1.5! pointer-coarse:px-3!"
          >
            <ChevronDown size={14} aria-hidden />
          </Button>
        }
      >
        {items}
      </Menu>
    </span>
  )
}
