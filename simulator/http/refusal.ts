import { refusals, type RefusalName } from '../rules/refusals.ts'

/** Messages by attribute, or by `base` for the whole; `discs` of vm_create has one such hash per disc. [docs][fixture] */
export type FieldErrors = Record<string, string[] | string | Record<string, string[]>[]>

/** An answer that says no: a status, and a JSON hash or a plain text. */
export class Refusal extends Error {
  readonly status: number
  readonly body: FieldErrors | string

  constructor(status: number, body: FieldErrors | string) {
    super(typeof body === 'string' ? body : JSON.stringify(body))
    this.status = status
    this.body = body
  }
}

/** Returns the refusal of that name in the table of rules. */
export const refusal = (name: RefusalName): Refusal => {
  const row = refusals[name]
  return new Refusal(row.status, 'field' in row ? { [row.field]: [row.says] } : row.says)
}

/** Returns a 400 for bad values: messages by attribute. [docs] */
export const badValues = (errors: FieldErrors): Refusal => new Refusal(400, errors)
