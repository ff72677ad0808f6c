import type { Definitions } from '../../../api/definitions.ts'
import type { GroupRef } from '../../../lib/links.ts'
import type { Attempt } from '../errors/complaints.ts'
import type { CreateValues } from '../form-values.ts'
import type { Step } from '../steps.ts'
import type { ErrorsOf } from './use-field-errors.ts'

/** What each step gets. `definitions` is undefined until BigV has told them. */
export interface StepProps {
  group: GroupRef
  values: CreateValues
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
  attempt: Attempt | null
  goTo: (step: Step) => void
}
