import type { RefObject } from 'react'
import type { Definitions } from '../../api/definitions.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { Attempt } from './complaints.ts'
import type { CreateValues } from './form-values.ts'
import { StepDiscs } from './step-discs.tsx'
import { StepImage } from './step-image.tsx'
import { StepMachine } from './step-machine.tsx'
import { StepReview } from './step-review.tsx'
import { STEPS, STEP_TITLES, type Step } from './steps.ts'
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

const CONTENTS = { machine: StepMachine, discs: StepDiscs, image: StepImage, review: StepReview }

/** A step under its heading, which takes the focus when the step comes up. */
export function StepContent({
  step,
  heading,
  ...props
}: StepProps & { step: Step; heading: RefObject<HTMLHeadingElement | null> }) {
  const Content = CONTENTS[step]
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className="scroll-mt-32 text-lg font-semibold outline-none">
        {STEP_TITLES[step]}{' '}
        <span className="sr-only">
          (step {STEPS.indexOf(step) + 1} of {STEPS.length})
        </span>
      </h2>
      <Content {...props} />
    </>
  )
}
