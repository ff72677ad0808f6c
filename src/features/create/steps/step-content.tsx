import type { RefObject } from 'react'
import { StepDiscs } from './step-discs.tsx'
import { StepImage } from './step-image.tsx'
import { StepMachine } from './step-machine.tsx'
import { StepReview } from './step-review.tsx'
import type { StepProps } from './step-props.ts'
import { STEPS, STEP_TITLES, type Step } from '../steps.ts'

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
