import { Steps } from '../../ui/steps.tsx'
import { STEPS, STEP_TITLES, type Step } from './steps.ts'

interface Props {
  step: Step
  isComplete: (step: Step) => boolean
  onSelect: (step: Step) => void
}

/** The way through the wizard: steps gone by have a tick, and every one can be clicked. */
export function WizardSteps({ step, isComplete, onSelect }: Props) {
  const at = STEPS.indexOf(step)
  const stateOf = (each: Step, index: number) => {
    if (each === step) return 'on'
    return index < at && isComplete(each) ? 'done' : 'todo'
  }
  return (
    <nav aria-label="Steps of creating">
      <Steps
        label="Steps"
        steps={STEPS.map((each, index) => ({ label: STEP_TITLES[each], state: stateOf(each, index) }))}
        onSelect={(index) => {
          const chosen = STEPS[index]
          if (chosen !== undefined) onSelect(chosen)
        }}
      />
    </nav>
  )
}
