import { notDone, tallySentence, type Tally } from '../../operations/batch/batch.ts'

interface Props {
  count: Tally
  /** Its name; undefined if a text beside it says the same. */
  label?: string
  className?: string
}

/** A batch's progress: done, failed, otherwise not done, and the rest. Words beside it say the same. */
export function BatchBar({ count, label, className = '' }: Props) {
  const ended = count.done + notDone(count)
  const part = (of: number) => ({ width: `${count.total > 0 ? (of / count.total) * 100 : 0}%` })
  return (
    <div
      {...(label === undefined
        ? { 'aria-hidden': true }
        : {
            role: 'progressbar',
            'aria-label': label,
            'aria-valuemin': 0,
            'aria-valuemax': count.total,
            'aria-valuenow': ended,
            'aria-valuetext': tallySentence(count),
          })}
      className={`flex h-1.5 min-w-8 overflow-hidden rounded-full bg-line-strong *:h-full *:border-t-6 *:transition-[width] *:duration-300 forced-colors:border ${className}`}
    >
      {/* Borders, as forced-colours mode drops backgrounds. */}
      <div className="border-ok" style={part(count.done)} />
      <div className="border-danger" style={part(count.failed)} />
      <div className="border-warn" style={part(notDone(count) - count.failed)} />
    </div>
  )
}
