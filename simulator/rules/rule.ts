/**
 * Who states a rule: the seed document, the other pages of the same notes, the provider's own documents, the official
 * client, captured answers in its tests, other clients; `choice` where nobody does.
 */
export type Source =
  | 'seed'
  | 'docs'
  | 'official'
  | 'client'
  | 'fixture'
  | 'fog'
  | 'python'
  | 'terraform'
  | 'choice'

/** One row of the tables in this folder: `section` is that of the API's description, `why` stands where sources disagree. */
export type Rule<Value> = { section: number; source: Source[]; says: string; why?: string; value: Value }

/** Returns a row. */
export const rule = <Value>(
  section: number,
  source: Source[],
  says: string,
  value: Value,
  why?: string,
): Rule<Value> => ({ section, source, says, value, ...(why && { why }) })
