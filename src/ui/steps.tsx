import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

type Step = { label: string; state: 'done' | 'on' | 'todo' }

type Props = {
  steps: readonly Step[]
  label?: string | undefined
  /** Makes the steps buttons: the index of the one to go to. */
  onSelect?: ((index: number) => void) | undefined
}

const NUMBERS = {
  done: 'border-ok text-ok',
  on: 'border-accent bg-accent text-on-accent forced-colors:outline-2',
  todo: 'border-line-control text-muted',
}

export function Steps({ steps, label = 'Steps', onSelect }: Props) {
  return (
    <ol aria-label={label} className="flex flex-wrap gap-x-6 gap-y-1 font-medium">
      {steps.map((step, index) => {
        const body: ReactNode = (
          <>
            <span
              aria-hidden
              className={`grid size-5.5 shrink-0 place-items-center rounded-full border-[1.5px] text-xs ${NUMBERS[step.state]}`}
            >
              {step.state === 'done' ? <Check size={13} strokeWidth={3} /> : index + 1}
            </span>
            <span className={step.state === 'on' ? '' : 'text-muted'}>{step.label}</span>
            {step.state === 'done' && <span className="sr-only">, done</span>}
          </>
        )
        const current = step.state === 'on' ? 'step' : undefined
        const look = 'flex items-center gap-2 py-1 pointer-coarse:min-h-11'
        return (
          <li key={step.label} aria-current={onSelect ? undefined : current}>
            {onSelect ? (
              <button
                type="button"
                className={`${look} rounded-md hover:underline`}
                onClick={() => onSelect(index)}
              >
                {body}
              </button>
            ) : (
              <span className={look}>{body}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
