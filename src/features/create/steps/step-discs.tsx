import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { nextDiscLabel } from '../../../lib/machine-specs.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { DiscFields } from './disc-fields.tsx'
import { MOST_DISCS, newDisc, type CreateValues } from '../form-values.ts'
import type { StepProps } from './step-props.ts'

export function StepDiscs({ values, definitions, errorsOf }: StepProps) {
  const { control } = useFormContext<CreateValues>()
  const { fields, append, remove, move } = useFieldArray({ control, name: 'discs' })
  const add = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const full = fields.length >= MOST_DISCS

  /** Moves a disc; the focus goes with it, on the field or button where it was. */
  const moveBy = (from: number, by: 1 | -1) => {
    const to = from + by
    if (to < 0 || to >= fields.length) return
    const focused = document.activeElement
    const place = [...(list.current?.children[from]?.querySelectorAll(FOCUSABLE) ?? [])].findIndex(
      (element) => element === focused,
    )
    flushSync(() => move(from, to))
    const there = list.current?.children[to]?.querySelectorAll<HTMLElement>(FOCUSABLE)
    there?.[Math.max(place, 0)]?.focus()
    const label = values.discs[from]?.label
    announce(`${label} is disc ${to + 1} of ${fields.length} now${to === 0 ? ', the boot disc' : ''}`)
  }

  return (
    <>
      {fields.length === 0 && (
        <Card padded>
          <p>No discs.</p>
          <p className="text-muted">The machine can boot from a CD. A distribution needs a disc to go on.</p>
        </Card>
      )}
      <div ref={list} className="grid gap-4 empty:hidden">
        {fields.map((field, index) => (
          <DiscFields
            key={field.id}
            index={index}
            count={fields.length}
            definitions={definitions}
            errorsOf={errorsOf}
            onMove={(by) => moveBy(index, by)}
            onRemove={() => {
              remove(index)
              // The button that was pressed is gone; the focus would be nowhere.
              add.current?.focus()
            }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          ref={add}
          disabledReason={full ? `A machine has at most ${MOST_DISCS} discs.` : null}
          onClick={() => append(newDisc(nextDiscLabel(values.discs.map(({ label }) => label))))}
        >
          <Plus size={15} aria-hidden />
          Add disc
        </Button>
        <span className="text-muted">
          up to {MOST_DISCS}
          {fields.length > 1 && '; Alt ↑ and Alt ↓ move the one you are in'}
        </span>
      </div>
    </>
  )
}

const FOCUSABLE = 'button, input, select'
