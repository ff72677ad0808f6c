import { useEffect, useRef } from 'react'
import { announce } from '../../../ui/live-region.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import type { SelectionProps } from './selection-tools.tsx'
import { useSelectedIds } from './selection.ts'

const SelectionTools = lazyComponent(async () => (await import('./selection-tools.tsx')).SelectionTools)

/** Says how many machines are selected, and shows what can be done with them. It floats above the end of the page, so that it moves no row. */
export function SelectionBar(props: SelectionProps) {
  const ids = useSelectedIds(props.selection)
  const count = ids.size
  const before = useRef(count)
  useEffect(() => {
    if (count !== before.current) announce(count === 0 ? 'Nothing is selected.' : `${count} selected.`)
    before.current = count
  }, [count])
  return count > 0 && <SelectionTools {...props} ids={ids} />
}
