import type { Vocabulary } from '../../../lib/search/complete.ts'
import { fitsPattern } from '../../../lib/search/match.ts'
import { type Term, printTerm } from '../../../lib/search/parse.ts'

/** Something to say about a search; `wrong` where a term is left out of it. */
interface Note {
  text: string
  wrong: boolean
}

const NAMES = { group: 'is in the group', head: 'is on the head', profile: 'has the profile' }

/**
 * Takes the terms of a search and the values that machines have (null while they are not known), and returns what there is to say:
 * what is wrong with a term, and which value no machine has.
 */
export function searchNotes(terms: readonly Term[], vocabulary: Vocabulary | null): Note[] {
  const notes: Note[] = []
  for (const { not, meaning, ...term } of terms) {
    if (meaning.is === 'wrong') {
      const rest = terms.length > 1 ? ' The rest is searched for.' : ''
      notes.push({
        text: `${printTerm({ not, ...term })} is left out: ${meaning.problem}${rest}`,
        wrong: true,
      })
    }
    if (meaning.is !== 'text' || not || vocabulary === null) continue
    const { field, pattern } = meaning
    if (vocabulary[field].some(({ value }) => fitsPattern(pattern)(value))) continue
    const begins = vocabulary[field].some(({ value }) => fitsPattern(`${pattern}*`)(value))
    const more = begins ? ` ${field}:${pattern}* finds what begins so.` : ''
    notes.push({ text: `No machine here ${NAMES[field]} “${pattern}”.${more}`, wrong: false })
  }
  return notes
}
