import { MOST_PRINTED, usePrinting } from '../lib/browser/printing.ts'
import { countOf } from '../lib/units.ts'

/** On paper, says so if a list is too long to be printed whole. `noun` is what it lists, in the singular. */
export function PartPrinted({ count, noun }: { count: number; noun: string }) {
  if (!usePrinting() || count <= MOST_PRINTED) return null
  return (
    <p role="note" className="my-2 font-semibold">
      Only the first {MOST_PRINTED} of {countOf(count, noun)} are printed. The export has all.
    </p>
  )
}
