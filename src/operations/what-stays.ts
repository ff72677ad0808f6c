import type { Operation } from './operation.ts'
import { yesNo } from '../lib/text.ts'

/** Takes an operation that failed on the way and says what it had changed by then, after a space; nothing where it had not. */
export function whatStays({ autoreboot }: Pick<Operation, 'autoreboot'>): string {
  return autoreboot === null
    ? ''
    : ` autoreboot_on was changed before that, ${yesNo(autoreboot.before)} → ${yesNo(autoreboot.after)}, and stays so.`
}

/** Takes how many presses were sent and says it; with what is not known where the last one got no answer. */
export function pressesSentence({ sent, of }: { sent: number; of: number }, unclear: boolean): string {
  const count = `${sent} of ${of} ${of === 1 ? 'press was' : 'presses were'} sent.`
  return unclear
    ? `${count} Whether press ${sent + 1} arrived as well is not known; it is not sent again.`
    : count
}
