import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { CreateValues } from '../form-values.ts'
import type { Field } from './problems.ts'
import { placeErrors, type PlacedErrors } from './server-errors.ts'
import type { Failure } from '../use-create.ts'

/** A request that made no machine, and what stood in the form when it was sent. */
export interface Attempt {
  failure: Failure
  sent: CreateValues
}

/** Takes a failed attempt and returns what is to be said on which field, and what on none. */
export function complaintsOf({ failure, sent }: Attempt): PlacedErrors {
  if (failure.is === 'refused') return placeErrors(failure.error.fields, sent)
  if (failure.is !== 'taken') return { fields: {}, rest: [] }
  return { fields: { name: [takenBy(failure.by.vm)] }, rest: [] }
}

/** Takes the machine that has a name and says so. */
export function takenBy({ deleted }: Pick<VirtualMachine, 'deleted'>): string {
  return deleted
    ? 'A deleted machine holds this name until it is purged.'
    : 'A machine of this name is there already.'
}

/** Whether a field still holds what it held when it was sent: a complaint is about that alone. */
export function isAsSent(field: Field, values: CreateValues, sent: CreateValues): boolean {
  if (field.startsWith('discs.') && values.discs.length !== sent.discs.length) return false
  return valueAt(values, field) === valueAt(sent, field)
}

function valueAt(values: CreateValues, field: Field): unknown {
  return field
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      values,
    )
}
