import { useEffect, useRef, useState } from 'react'
import type { UseFormSetFocus } from 'react-hook-form'
import { useNavigate, useSearchParams } from 'react-router'
import type { CreateValues } from './form-values.ts'
import type { Field } from './errors/problems.ts'
import { stepOfField, stepToShow, type Step } from './steps.ts'

/**
 * The step that the URL asks for, as far as what stands before it is complete, and where the focus goes: to the heading of
 * a new step, or to the field that something is wrong with.
 */
export function useStep(values: CreateValues, setFocus: UseFormSetFocus<CreateValues>) {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const asked = params.get('step')
  // The results of several machines stand in the form's place.
  const away = params.has('run')
  const step = stepToShow(asked, values)
  const heading = useRef<HTMLHeadingElement>(null)
  const lastStep = useRef(step)
  const wanted = useRef<Field | null>(null)
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    // The URL says what is shown, also when it was pasted and asked for more; what it filled in, or tried to, stands there no longer.
    const strange = [...params.keys()].some((name) => name !== 'step')
    if (!away && (strange || (asked !== null && asked !== step)))
      void navigate({ search: `?step=${step}` }, { replace: true })
  }, [asked, away, params, step, navigate])

  useEffect(() => {
    if (away) return
    const field = wanted.current
    if (field === null && lastStep.current !== step) heading.current?.focus()
    // The step of the field may still be on its way.
    if (field !== null && stepOfField(field) === step) {
      wanted.current = null
      setFocus(field)
    }
    lastStep.current = step
  }, [away, step, turn, setFocus])

  const goTo = (next: Step) => {
    wanted.current = null
    if (away || next !== step) void navigate({ search: `?step=${next}` })
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
