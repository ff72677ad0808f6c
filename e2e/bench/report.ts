import { median, percentile } from './figures.ts'
import type { Figures } from './measure.ts'
import { SITES, type Site } from './servers.ts'

/** The figures of every visit, by page and number of machines. */
export type Visits = Record<Site, Map<number, Figures[]>>

interface Measure {
  label: string
  /** Reduces the visits to one page with one fleet to one figure. */
  of: (visits: readonly Figures[]) => number
  show: (value: number) => string
  /** The aim in words, and a check of both pages' figures against it. */
  aim?: { words: string; met: (mine: number, byHand: number, machines: number) => boolean }
  /** True if the table shows the ratio of both pages. */
  ratio?: boolean
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
const kB = (value: number) => `${(value / 1000).toFixed(0)} kB`
const MB = (value: number) => `${(value / 1e6).toFixed(1)} MB`
const plain = (value: number) => String(Math.round(value))

const total = (times: readonly number[]) => times.reduce((sum, time) => sum + time, 0)
const longest = (times: readonly number[]) => Math.max(0, ...times)
const each = (pick: (figures: Figures) => number) => (visits: readonly Figures[]) => median(visits.map(pick))
/** The longest time of all visits, for limits that no visit may exceed. */
const worst = (pick: (figures: Figures) => number) => (visits: readonly Figures[]) =>
  longest(visits.map(pick))

const LIMITS = {
  small: 2.5,
  large: 1.6,
  heap: 3,
  nodes: 2500,
  script: 185_000,
  key: 50,
  change: 16,
  change95: 33,
  frame: 33,
  task: 50,
}

const MEASURES: readonly Measure[] = [
  {
    label: 'first row, from navigation',
    of: each(({ firstRow }) => firstRow),
    show: ms,
    ratio: true,
    aim: {
      words: `at most ${LIMITS.small} × at 50, ${LIMITS.large} × at 10,000`,
      met: (mine, byHand, machines) => mine <= byHand * (machines >= 10_000 ? LIMITS.large : LIMITS.small),
    },
  },
  {
    label: 'first row, from the click on “Sign in”',
    of: each(({ signInToFirstRow }) => signInToFirstRow),
    show: ms,
    ratio: true,
  },
  { label: 'requests until the first row', of: each(({ requests }) => requests), show: plain },
  { label: 'bytes until the first row', of: each(({ bytes }) => bytes), show: kB, ratio: true },
  {
    label: 'of these JavaScript, gzipped',
    of: each(({ scriptBytes }) => scriptBytes),
    show: kB,
    aim: { words: 'at most 185 kB', met: (mine) => mine <= LIMITS.script },
  },
  {
    label: 'longest task while loading',
    of: each(({ loadLongTasks }) => longest(loadLongTasks)),
    show: (value) => (value === 0 ? '< 50 ms' : ms(value)),
  },
  {
    label: 'JavaScript heap',
    of: each(({ heap }) => heap),
    show: MB,
    ratio: true,
    aim: { words: 'at most 3 ×', met: (mine, byHand) => mine <= LIMITS.heap * byHand },
  },
  {
    label: 'DOM nodes, most',
    of: worst(({ nodes }) => nodes),
    show: plain,
    aim: { words: 'at most 2,500', met: (mine) => mine <= LIMITS.nodes },
  },
  {
    label: 'key press to paint, p95',
    of: (visits) =>
      percentile(
        visits.flatMap(({ keys }) => keys),
        95,
      ),
    show: ms,
    aim: { words: 'under 50 ms', met: (mine) => mine < LIMITS.key },
  },
  {
    label: 'key press to changed rows, median',
    of: (visits) => median(visits.flatMap(({ changes }) => changes)),
    show: ms,
    aim: { words: 'at most 16 ms', met: (mine) => mine <= LIMITS.change },
  },
  {
    label: 'key press to changed rows, p95',
    of: (visits) =>
      percentile(
        visits.flatMap(({ changes }) => changes),
        95,
      ),
    show: ms,
    aim: { words: 'at most 33 ms', met: (mine) => mine <= LIMITS.change95 },
  },
  {
    label: 'long tasks while typing, most in a visit',
    of: worst(({ keyLongTasks }) => keyLongTasks.length),
    show: plain,
    aim: { words: 'none', met: (mine) => mine === 0 },
  },
  {
    label: 'frame while scrolling, median',
    of: (visits) => median(visits.flatMap(({ frames }) => frames)),
    show: ms,
  },
  {
    label: 'longest frame while scrolling, of all visits',
    of: worst(({ frames }) => longest(frames)),
    show: ms,
    // A frame of two display refreshes takes 33.3 ms, within the clock's precision.
    aim: { words: 'at most 33 ms', met: (mine) => mine < LIMITS.frame + 1 },
  },
  {
    label: 'refresh, nothing changed: longest task of all visits',
    of: worst(({ sameRefresh }) => longest(sameRefresh)),
    show: ms,
    aim: { words: 'under 50 ms', met: (mine) => mine < LIMITS.task },
  },
  {
    label: 'refresh, nothing changed: main thread in all',
    of: each(({ sameRefresh }) => total(sameRefresh)),
    show: ms,
  },
  {
    label: 'refresh, 1 % changed: longest task',
    of: each(({ changedRefresh }) => longest(changedRefresh)),
    show: ms,
  },
  {
    label: 'refresh, 1 % changed: main thread in all',
    of: each(({ changedRefresh }) => total(changedRefresh)),
    show: ms,
  },
]

/** The table of medians and ratios, with the aims, in Markdown. */
export function tableOf(visits: Visits, sizes: readonly number[]): string {
  const head = ['', ...sizes.map((size) => `${size.toLocaleString('en')} machines (by hand)`), 'aim']
  const lines = MEASURES.map((measure) =>
    [measure.label].concat(
      sizes.map((size) => cell(measure, visits, size)),
      measure.aim?.words ?? '',
    ),
  )
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell({ of, show, ratio, aim }: Measure, visits: Visits, size: number): string {
  const [mine, byHand] = SITES.map((site) => of(visits[site].get(size) ?? []))
  if (mine === undefined || byHand === undefined) return ''
  const times = ratio ? `, ${(mine / byHand).toFixed(1)} ×` : ''
  const miss = aim && !aim.met(mine, byHand, size) ? ' **missed**' : ''
  return `${show(mine)} (${show(byHand)}${times})${miss}`
}
