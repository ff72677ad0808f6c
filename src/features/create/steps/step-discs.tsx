import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { useController, useFieldArray, useFormContext } from 'react-hook-form'
import type { Definitions } from '../../../api/definitions.ts'
import { imageName } from '../../../lib/images.ts'
import { nextDiscLabel } from '../../../lib/machine-specs.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { FieldNotes } from '../../../ui/fields/field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { lacksDisc } from '../errors/problems.ts'
import { gradeOf, MOST_DISCS, newDisc, type CreateValues } from '../form/form-values.ts'
import type { ErrorsOf, StepProps } from '../form/steps.ts'

/** The id of the button that cures the problem of the field `discs`. */
export const ADD_DISC = 'add-disc'

export function StepDiscs({ values, definitions, errorsOf }: StepProps) {
  const { control, setValue } = useFormContext<CreateValues>()
  const { fields, append, remove, move } = useFieldArray({ control, name: 'discs' })
  const add = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const errors = errorsOf('discs')
  const full = fields.length >= MOST_DISCS

  /** Moves a disc, and keeps the focus on the same field or button. */
  const moveBy = (from: number, by: 1 | -1) => {
    const to = from + by
    if (to < 0 || to >= fields.length) return
    const focused = document.activeElement
    const position = [...(list.current?.children[from]?.querySelectorAll(FOCUSABLE) ?? [])].findIndex(
      (element) => element === focused,
    )
    flushSync(() => move(from, to))
    const moved = list.current?.children[to]?.querySelectorAll<HTMLElement>(FOCUSABLE)
    moved?.[Math.max(position, 0)]?.focus()
    const label = values.discs[from]?.label
    announce(`${label} is now disc ${to + 1} of ${fields.length}${to === 0 ? ', the boot disc' : ''}`)
  }

  return (
    <>
      {fields.length === 0 && (
        <Card padded>
          {lacksDisc(values) ? (
            <div className="grid gap-2.5">
              <p>
                <b className="font-semibold">No discs.</b> {imageName(values.distribution).name} needs one to
                be installed on.
              </p>
              <Button
                className="w-fit"
                onClick={() => {
                  setValue('system', 'none', { shouldDirty: true })
                  // The pressed button is gone then.
                  add.current?.focus()
                }}
              >
                Create without an image
              </Button>
            </div>
          ) : (
            <p>
              No discs. The machine can boot from a CD
              {values.cdrom_url.trim() === '' ? ': add its URL under Image.' : '.'}
            </p>
          )}
        </Card>
      )}
      <div ref={list} className="grid gap-4 empty:hidden">
        {fields.map((field, index) => (
          <DiscCard
            key={field.id}
            index={index}
            count={fields.length}
            definitions={definitions}
            errorsOf={errorsOf}
            onMove={(by) => moveBy(index, by)}
            onRemove={() => {
              remove(index)
              // Removing the disc also removes the pressed button, which had the focus.
              add.current?.focus()
            }}
          />
        ))}
      </div>
      <div>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            ref={add}
            id={ADD_DISC}
            aria-describedby={errors && `${ADD_DISC}-errors`}
            disabledReason={full ? `A machine can have up to ${MOST_DISCS} discs.` : null}
            onClick={() => append(newDisc(nextDiscLabel(values.discs.map(({ label }) => label))))}
          >
            <Plus size={15} aria-hidden />
            Add disc
          </Button>
          <span className="text-muted">
            {fields.length} of {MOST_DISCS} discs
            {fields.length > 1 && '. Alt ↑ or Alt ↓ moves the focused disc.'}
          </span>
        </div>
        <FieldNotes id={ADD_DISC} errors={errors} />
      </div>
    </>
  )
}

const FOCUSABLE = 'button, input, select'

interface DiscCardProps {
  index: number
  count: number
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

/** A disc. Users can move the disc with its buttons, or with Alt and an arrow key. */
function DiscCard({ index, count, definitions, errorsOf, onMove, onRemove }: DiscCardProps) {
  const { register } = useFormContext<CreateValues>()
  return (
    <Card
      level={3}
      padded
      title={
        <>
          Disc {index + 1} {index === 0 && <Tag tone="info">boot disc</Tag>}
        </>
      }
      aria-label={`Disc ${index + 1}`}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        onMove(event.key === 'ArrowUp' ? -1 : 1)
      }}
      actions={
        <>
          <IconButton
            size="small"
            label={`Move disc ${index + 1} up`}
            aria-keyshortcuts="Alt+ArrowUp"
            disabledReason={index === 0 ? 'This is the first disc.' : null}
            onClick={() => onMove(-1)}
          >
            <ArrowUp size={15} aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={`Move disc ${index + 1} down`}
            aria-keyshortcuts="Alt+ArrowDown"
            disabledReason={index === count - 1 ? 'This is the last disc.' : null}
            onClick={() => onMove(1)}
          >
            <ArrowDown size={15} aria-hidden />
          </IconButton>
          <IconButton size="small" label={`Remove disc ${index + 1}`} onClick={onRemove}>
            <X size={15} aria-hidden />
          </IconButton>
        </>
      }
    >
      <div className="grid gap-3 @lg:grid-cols-[2fr_1fr_2fr]">
        <TextField
          label="Label"
          mono
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          errors={errorsOf(`discs.${index}.label`)}
          {...register(`discs.${index}.label`)}
        />
        <NumberField
          label="Size"
          unit="GiB"
          inputMode="decimal"
          errors={errorsOf(`discs.${index}.size`)}
          {...register(`discs.${index}.size`)}
        />
        <GradeField index={index} definitions={definitions} errorsOf={errorsOf} />
      </div>
    </Card>
  )
}

function GradeField({
  index,
  definitions,
  errorsOf,
}: Pick<DiscCardProps, 'index' | 'definitions' | 'errorsOf'>) {
  // The field is controlled, because its options may be loaded after it is registered.
  const { field } = useController<CreateValues, `discs.${number}.storage_grade`>({
    name: `discs.${index}.storage_grade`,
  })
  const grades = definitions?.storage_grades ?? []
  const shown = grades.length === 0 ? [field.value] : grades
  const value = gradeOf(field.value, grades)
  return (
    <SelectField
      label="Storage grade"
      options={shown}
      hint={definitions?.storage_grade_descriptions[value]}
      errors={errorsOf(`discs.${index}.storage_grade`)}
      {...field}
      value={value}
    />
  )
}
