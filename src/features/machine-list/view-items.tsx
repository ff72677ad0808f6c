import { MenuGroup, MenuItem, MenuRadio } from '../../ui/menu/menu-items.tsx'
import { ExportItems, type ExportProps } from './table/export-items.tsx'
import { GROUPINGS, isGrouping } from './table/group-rows.ts'
import { changeTable, useColumns, useTableSetting } from './table/column-settings.ts'
import { columns, type Sort } from './table/columns.ts'
import { useOpenTimeline } from './timeline-in-url.tsx'

// The items of the menus in table-tools.tsx, which loads this file lazily.

const DENSITIES = [
  { value: 'normal', label: 'Normal rows' },
  { value: 'compact', label: 'Compact rows' },
] as const

export interface ViewProps extends ExportProps {
  groupBy: string | null
  onGroupBy: (by: string | null) => void
  onOpen: (dialog: 'columns' | 'keys') => void
}

export function ViewItems({ onOpen, groupBy, onGroupBy, ...exported }: ViewProps) {
  const { everyGroup = false } = exported
  const isOffered = (by: string | null) => isGrouping(by, everyGroup)
  const { density } = useTableSetting()
  const openTimeline = useOpenTimeline()
  return (
    <>
      <MenuItem onSelect={() => onOpen('columns')}>Columns…</MenuItem>
      <MenuItem onSelect={openTimeline}>Timeline</MenuItem>
      <MenuItem onSelect={() => onOpen('keys')}>Keyboard shortcuts</MenuItem>
      <MenuGroup label="Group by">
        <MenuRadio checked={!isOffered(groupBy)} onSelect={() => onGroupBy(null)}>
          None
        </MenuRadio>
        {Object.entries(GROUPINGS).map(
          ([by, label]) =>
            isOffered(by) && (
              <MenuRadio key={by} checked={by === groupBy} onSelect={() => onGroupBy(by)}>
                {label}
              </MenuRadio>
            ),
        )}
      </MenuGroup>
      <MenuGroup label="Density">
        {DENSITIES.map(({ value, label }) => (
          <MenuRadio key={value} checked={density === value} onSelect={() => changeTable({ density: value })}>
            {label}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuGroup label="Export">
        <ExportItems {...exported} />
      </MenuGroup>
    </>
  )
}

interface SortProps {
  sort: Sort
  everyGroup: boolean
  onSort: (sort: Sort) => void
}

export function SortItems({ sort, everyGroup, onSort }: SortProps) {
  const visible = useColumns(everyGroup)
  const offered = visible.includes(columns[sort.by]) ? visible : [...visible, columns[sort.by]]
  return (
    <>
      <MenuGroup label="Sort by">
        {offered.map(({ id, label }) => (
          <MenuRadio
            key={id}
            checked={sort.by === id}
            onSelect={() => onSort({ by: id, descending: sort.by === id && sort.descending })}
          >
            {label}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuGroup label="Order">
        {[false, true].map((descending) => (
          <MenuRadio
            key={String(descending)}
            checked={sort.descending === descending}
            onSelect={() => onSort({ by: sort.by, descending })}
          >
            {descending ? 'Descending' : 'Ascending'}
          </MenuRadio>
        ))}
      </MenuGroup>
    </>
  )
}
