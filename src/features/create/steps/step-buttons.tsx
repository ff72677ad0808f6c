import { create } from '../../../actions/create.ts'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { Link } from 'react-router'
import { links, type GroupRef } from '../../../lib/links.ts'
import { forbiddenReason } from '../../../operations/forbidden.ts'
import { readOnlyReason } from '../../../operations/read-only.ts'
import { useReadOnly, useOperations } from '../../../operations/use-operations.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/button.tsx'
import { neighbour, STEP_TITLES, type Step } from '../steps.ts'

interface Props {
  step: Step
  group: GroupRef
  /** How many machines it makes. */
  count: number
  pending: boolean
  onBack: (step: Step) => void
}

/** The way back and the way on. The way on is the form's submit button, so Enter in a field takes it. */
export function StepButtons({ step, group, count, pending, onBack }: Props) {
  const readOnly = useReadOnly()
  // A refusal is noted when its operation ends.
  useOperations()
  const disabledReason = readOnlyReason(readOnly) ?? forbiddenReason(create, { ...group, id: null, name: '' })
  const before = neighbour(step, -1)
  const next = neighbour(step, 1)
  return (
    <div className="flex flex-wrap gap-2">
      {before === undefined ? (
        <Link to={links.machines(group)} className={buttonClass()}>
          Cancel
        </Link>
      ) : (
        <Button onClick={() => onBack(before)}>
          <ArrowLeft size={15} aria-hidden />
          Back
        </Button>
      )}
      {next === undefined ? (
        <Button type="submit" variant="primary" pending={pending} disabledReason={disabledReason}>
          {count > 1 ? `Create ${count} machines` : 'Create machine'}
        </Button>
      ) : (
        <Button type="submit" variant="primary">
          Next: {STEP_TITLES[next].toLowerCase()}
          <ArrowRight size={15} aria-hidden />
        </Button>
      )}
    </div>
  )
}
