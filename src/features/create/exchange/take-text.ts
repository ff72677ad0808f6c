import type { Definitions } from '../../../api/definitions.ts'
import { takeBundle, type Taken } from './take-bundle.ts'

const MOST_CHARACTERS = 300_000

/** Takes the text of a file or what was pasted, and returns what the form takes of the bundle in it. */
export function takeText(text: string, definitions: Definitions | undefined): Taken {
  if (text.length > MOST_CHARACTERS) return no('It is too long for a bundle.')
  try {
    return takeBundle(JSON.parse(text) as unknown, definitions, true)
  } catch (error) {
    return no(`It is not JSON${error instanceof SyntaxError ? `: ${error.message}` : ''}.`)
  }
}

const no = (why: string): Taken => ({ values: {}, notTaken: [{ field: 'the whole', why }] })
