import { LAYOUTS, layoutFor } from '../../lib/keyboard-layouts/layouts.ts'
import type { TypedCharacter } from '../../lib/keyboard-layouts/typing.ts'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { TypedProblems } from './typed-problems.tsx'

/** What is to be typed, and how. */
export interface Draft {
  text: string
  layout: string
  enter: boolean
}

interface Props {
  draft: Draft
  typed: readonly TypedCharacter[]
  /** The machine's own, if it says. */
  keymap: string | null | undefined
  onChange: (change: Partial<Draft>) => void
}

/** A text that is typed for the user, under the layout that the guest has. */
export function TypeText({ draft, typed, keymap, onChange }: Props) {
  return (
    <div className="grid gap-4">
      <Notice tone="warn" title="A password that is typed this way passes through the API">
        Each key is a request: who can read those, or the logs of what they pass, can read the text. This page
        keeps it nowhere, and the activity has no more than the number of presses.
      </Notice>
      <div className="grid gap-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="grid content-start gap-3.5">
          <SelectField
            label="Keyboard layout of the guest"
            value={draft.layout}
            options={LAYOUTS.map(({ name, label }) => ({ value: name, label: `${label}, ${name}` }))}
            hint={layoutHint(keymap)}
            onChange={(event) => onChange({ layout: event.currentTarget.value })}
          />
          <CheckboxField
            label="Press Enter at the end"
            checked={draft.enter}
            onChange={(event) => onChange({ enter: event.currentTarget.checked })}
          />
        </div>
        <TextAreaField
          label="Text"
          mono
          rows={5}
          // Whatever helps with prose would send or change what is typed here.
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          value={draft.text}
          hint="A new line is Enter. Caps Lock has to be off in the guest."
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      </div>
      <TypedProblems typed={typed} />
    </div>
  )
}

function layoutHint(keymap: string | null | undefined): string {
  if (!keymap) return 'The machine has no keymap set. What counts is what the guest is set to.'
  return layoutFor(keymap).known
    ? `The machine’s keymap is ${keymap}. What counts is what the guest is set to.`
    : `The machine’s keymap is ${keymap}, which is not among these.`
}
