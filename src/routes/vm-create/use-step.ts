import { useEffect, useRef, useState } from 'react'
import type { UseFormSetFocus } from 'react-hook-form'
import { useNavigate, useSearchParams } from 'react-router'
import type { CreateValues } from './form-values.ts'
import type { Field } from './problems.ts'
import { stepOfField, stepToShow, type Step } from './steps.ts'

/**
 * The step that the URL asks for, as far as what stands before it is complete, and where the focus goes: to the heading of
 * a new step, or to the field that something is wrong with.
 */
export function useStep(values: CreateValues, setFocus: UseFormSetFocus<CreateValues>) {
  const navigate = useNavigate()
  const asked = useSearchParams()[0].get('step')
  const step = stepToShow(asked, values)
  const heading = useRef<HTMLHeadingElement>(null)
  const lastStep = useRef(step)
  const wanted = useRef<Field | null>(null)
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    // The URL says what is shown, also when it was pasted and asked for more.
    if (asked !== null && asked !== step) void navigate({ search: `?step=${step}` }, { replace: true })
  }, [asked, step, navigate])

  useEffect(() => {
    const field = wanted.current
    if (field === null && lastStep.current !== step) heading.current?.focus()
    // The step of the field may still be on its way.
    if (field !== null && stepOfField(field) === step) {
      wanted.current = null
      setFocus(field)
    }
    lastStep.current = step
  }, [step, turn, setFocus])

  const goTo = (next: Step) => {
    wanted.current = null
    if (next !== step) void navigate({ search: `?step=${next}` })
  }
  return {
    step,
    heading,
    goTo,
    /** Goes to the field, on whatever step it stands. */
    goToField: (field: Field) => {
      goTo(stepOfField(field))
      wanted.current = field
      setTurn((before) => before + 1)
    },
  }
}
