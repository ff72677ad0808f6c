import { useEffect, useRef, type RefObject } from 'react'
import type { Option } from '../../../lib/search/complete.ts'
import { anchorPopover } from '../../../ui/position.ts'

interface Props {
  id: string
  anchor: RefObject<Element | null>
  options: readonly Option[]
  active: number
  onChoose: (index: number) => void
}

/** The suggestions below the box. Focus stays in the box, which names the active option. */
export function CompletionList({ id, anchor, options, active, onChoose }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (popup.current && anchor.current) return anchorPopover(popup.current, anchor.current)
    return undefined
  }, [anchor, options])
  useEffect(() => {
    popup.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [active, options])
  return (
    <div
      ref={popup}
      popover="manual"
      className="popup w-max max-w-[calc(100vw-1rem)] min-w-56 overflow-y-auto overscroll-contain rounded-xl p-1"
    >
      <div role="listbox" id={id} aria-label="Suggestions" className="max-h-72">
        {options.map(({ insert, hint }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- focus stays in the box, which handles the keys
          <div
            key={insert}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            // Keeps the focus in the search box.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(index)}
            tabIndex={-1}
            className="flex cursor-pointer items-baseline justify-between gap-6 rounded-md px-2.5 py-1 hover:bg-raised aria-selected:bg-accent-soft forced-colors:aria-selected:outline-2 pointer-coarse:py-2.5"
          >
            <span className="font-mono text-xs wrap-anywhere">{insert}</span>
            <span className="text-xs text-muted">{hint}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
