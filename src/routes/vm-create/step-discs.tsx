import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { nextDiscLabel } from '../../lib/disc-labels.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DiscFields } from './disc-fields.tsx'
import { MOST_DISCS, newDisc, type CreateValues } from './form-values.ts'
import type { StepProps } from './step-content.tsx'

export function StepDiscs({ values, definitions, errorsOf }: StepProps) {
  const { control } = useFormContext<CreateValues>()
  const { fields, append, remove } = useFieldArray({ control, name: 'discs' })
  const add = useRef<HTMLButtonElement>(null)
  const full = fields.length >= MOST_DISCS
  return (
    <>
      {fields.length === 0 && (
        <Card padded>
          <p>No discs.</p>
          <p className="text-muted">The machine can boot from a CD. A distribution needs a disc to go on.</p>
        </Card>
      )}
      {fields.map((field, index) => (
        <DiscFields
          key={field.id}
          index={index}
          definitions={definitions}
          errorsOf={errorsOf}
          onRemove={() => {
            remove(index)
            // The button that was pressed is gone; the focus would be nowhere.
            add.current?.focus()
          }}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          ref={add}
          refusal={full ? `A machine has at most ${MOST_DISCS} discs.` : null}
          onClick={() => append(newDisc(nextDiscLabel(values.discs.map(({ label }) => label))))}
        >
          <Plus size={15} aria-hidden />
          Add disc
        </Button>
        <span className="text-muted">up to {MOST_DISCS}</span>
      </div>
    </>
  )
}
