import { groupName } from '../../../api/groups.ts'
import { facetNow, type Changing } from '../../../components/machine/changing.ts'
import { imageName } from '../../../lib/images.ts'
import { countMachines, machinesInWords } from '../../../lib/machine-counts.ts'
import { compareNatural } from '../../../lib/names.ts'
import { lastHeadOf } from '../../../operations/last-heads.ts'
import type { Facet } from '../../../operations/state.ts'
import type { MachineRow } from './columns.ts'
import type { useVisibleRows } from './visible-rows.ts'

/** What a list can be grouped by, in the menu's order. The keys are the values of the URL's `group`. */
export const GROUPINGS = {
  group: 'Group',
  head: 'Head',
  zone: 'Zone',
  image: 'Image',
  state: 'State',
} as const

export type GroupBy = keyof typeof GROUPINGS

/** A heading in the list, and the machines under it. */
export interface Heading {
  /** What its machines have in common. Labels may be the same: a head could be called “Head unknown”. */
  key: string
  label: string
  /** BigV's own name, if the label is another one. */
  bigvName?: string
  /** False if the label is in words, which a browser may translate. */
  isName: boolean
  /** "12 machines · 11 on" */
  counts: string
  /** "12 machines" */
  machines: string
  ids: readonly number[]
}

export type Line = Heading | MachineRow

/** A list under headings. */
export interface GroupedRows {
  /** The machines in the order of the headings, and under each heading in the order given. */
  rows: readonly MachineRow[]
  /** The same with the headings between them. */
  lines: readonly Line[]
  /** The line of the machine at this index of `rows`; -1 for -1. */
  lineOf: (index: number) => number
  /** The first machine's id under each heading, and its heading. */
  headings: ReadonlyMap<number, Heading>
  /** The positions of lines on screen as positions of rows, for keys, which skip headings. */
  byRows: (lines: Positions) => Positions
}

type Positions = Pick<ReturnType<typeof useVisibleRows>, 'page' | 'reveal' | 'firstInWindow'>

/** What a machine's state depends on beyond its data (see countFacets). */
export interface Now {
  changing: Changing
  shouldBeOn: ReadonlySet<number>
}

type Title = Pick<Heading, 'label' | 'bigvName' | 'isName'>

/** What the rows of a heading have in common, as a text, and how to title it. An empty text is for rows without a value. */
interface Grouping {
  keyOf: (row: MachineRow, now: Now) => string
  title: (key: string, first: MachineRow) => Title
  /** The keys in their order, if that isn't the natural order of the labels. */
  order?: readonly string[]
  /** True to leave out how many machines are on, which the heading says already. */
  saysPower?: boolean
}

const named = (label: string): Title => ({ label, isName: true })
const inWords = (label: string): Title => ({ label, isName: false })

const STATES: Readonly<Record<Facet, string>> = {
  changing: 'Changing',
  running: 'Running',
  stopped: 'Stopped',
  deleted: 'Deleted',
}

const BY: Readonly<Record<GroupBy, Grouping>> = {
  group: { keyOf: ({ group }) => group.group, title: (_, { group }) => named(groupName(group)) },
  head: {
    // BigV names a head only while the machine is on.
    keyOf: ({ vm }) => vm.head || lastHeadOf(vm.id)?.head || '',
    title: (key) => (key ? named(key) : inWords('Head unknown')),
  },
  zone: {
    keyOf: ({ vm }) => vm.zone_name ?? '',
    title: (key) => (key ? named(key) : inWords('Zone unknown')),
  },
  image: {
    keyOf: ({ vm }) => vm.last_imaged_with ?? '',
    title: (key) => {
      if (key === '') return inWords('Image unknown')
      const { name } = imageName(key)
      return name === key ? named(name) : { ...named(name), bigvName: key }
    },
  },
  state: {
    keyOf: ({ vm }, { changing, shouldBeOn }) => facetNow(vm, changing, shouldBeOn),
    title: (key) => inWords(STATES[key as Facet]),
    order: Object.keys(STATES),
    saysPower: true,
  },
}

/** True for a valid `group` of the URL. A list of one group can't be grouped by group. */
export function isGrouping(by: string | null, everyGroup: boolean): by is GroupBy {
  return by !== null && Object.hasOwn(BY, by) && (everyGroup || by !== 'group')
}

/** Puts rows under headings. Takes about 4 ms for ten thousand. */
export function groupRows(sorted: readonly MachineRow[], by: GroupBy, now: Now): GroupedRows {
  const { keyOf, title, order, saysPower = false } = BY[by]
  const byKey = new Map<string, MachineRow[]>()
  for (const row of sorted) {
    const key = keyOf(row, now)
    const under = byKey.get(key)
    if (under === undefined) byKey.set(key, [row])
    else under.push(row)
  }
  const groups = [...byKey]
    .map(([key, rows]) => ({ key, rows, title: title(key, rows[0]!) }))
    .sort((a, b) => {
      if (order) return order.indexOf(a.key) - order.indexOf(b.key)
      // Rows without a value come last, as in sorting by a column.
      return Number(a.key === '') - Number(b.key === '') || compareNatural(a.title.label, b.title.label)
    })

  const rows: MachineRow[] = []
  const lines: Line[] = []
  const headings = new Map<number, Heading>()
  /** For each heading, the index of its first machine in `rows`. */
  const starts: number[] = []
  for (const group of groups) {
    starts.push(rows.length)
    const heading = headingOf(group, saysPower)
    headings.set(group.rows[0]!.vm.id, heading)
    lines.push(heading)
    for (const row of group.rows) {
      rows.push(row)
      lines.push(row)
    }
  }
  const lineOf = (index: number) => index + countWhile(starts, (start) => start <= index)
  return {
    rows,
    lines,
    headings,
    lineOf,
    byRows: ({ page, reveal, firstInWindow }) => ({
      page,
      reveal: (index) => {
        // Shows its heading, too, if it is the first row below.
        if (starts.includes(index)) reveal(lineOf(index) - 1)
        reveal(lineOf(index))
      },
      // On a heading, the first row below.
      firstInWindow: () => {
        const line = firstInWindow()
        return line - countWhile(starts, (start, above) => start + above < line)
      },
    }),
  }
}

interface Group {
  key: string
  rows: readonly MachineRow[]
  title: Title
}

function headingOf({ key, rows, title }: Group, saysPower: boolean): Heading {
  const counts = countMachines(rows.map(({ vm }) => vm))
  const machines = machinesInWords(counts)
  const on = saysPower || counts.machines === 0 ? '' : ` · ${counts.running} on`
  return { key, ...title, machines, counts: machines + on, ids: rows.map(({ vm }) => vm.id) }
}

/** How many of the ascending numbers pass, which are the first ones. */
function countWhile(numbers: readonly number[], passes: (number: number, index: number) => boolean): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(numbers[middle]!, middle)) low = middle + 1
    else high = middle
  }
  return low
}
