import { layoutFor, LAYOUTS } from '../../lib/keyboard-layouts/layouts.ts'
import { visible, type TypedCharacter } from '../../lib/keyboard-layouts/typing.ts'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { Notice } from '../../ui/notice.tsx'

export interface TextToType {
  text: string
  layout: string
  enter: boolean
}

/** The preview shows only this many characters of a longer text. */
const SHOWN = 400

interface Props {
  draft: TextToType
  typed: readonly TypedCharacter[]
  /** The machine's keymap, if set. */
  keymap: string | null | undefined
  onChange: (change: Partial<TextToType>) => void
}

/** Lets the user enter a text, which is then typed with the guest's keyboard layout. */
export function TypeText({ draft, typed, keymap, onChange }: Props) {
  return (
    <div className="grid gap-4">
      <Notice tone="warn" title="Passwords typed here pass through the API">
        Each key is a request. Anyone who can read the requests, or the logs on their way, can read the text.
        This page doesn’t store it, and the activity lists only the number of presses.
      </Notice>
      <div className="grid gap-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="grid content-start gap-3.5">
          <SelectField
            label="Guest keyboard layout"
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
          rows={5}
          // Spell checkers would send the text elsewhere, and autocorrection would change it.
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          value={draft.text}
          hint="Line breaks are sent as Enter. Caps Lock must be off in the guest."
          onChange={(event) => onChange({ text: event.currentTarget.value })}
        />
      </div>
      <TypedProblems typed={typed} />
    </div>
  )
}

function layoutHint(keymap: string | null | undefined): string {
  if (!keymap) return 'The machine has no keymap set. Choose the layout that the guest uses.'
  return layoutFor(keymap).known
    ? `The machine’s keymap is ${keymap}. Choose the layout that the guest uses.`
    : `The machine’s keymap is ${keymap}, which isn’t in this list.`
}

/** Lists the characters that cannot be typed, once each, with count and reason. */
function TypedProblems({ typed }: { typed: readonly TypedCharacter[] }) {
  const problems = problemsIn(typed)
  return (
    <div role="status">
      {problems.length > 0 && (
        <Notice tone="danger" title="Some characters can’t be typed">
          <ul aria-label="Characters that can’t be typed" className="mt-1 grid gap-1">
            {problems.map(({ character, problem, count }) => (
              <li key={character}>
                <code className="rounded-xs border border-danger/45 px-1">{visible(character)}</code>
                {count > 1 && ` (${count} times)`} {problem}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

function problemsIn(typed: readonly TypedCharacter[]) {
  const found = new Map<string, { character: string; problem: string; count: number }>()
  for (const each of typed) {
    if (each.presses !== null) continue
    const { character, problem } = each
    found.set(character, { character, problem, count: (found.get(character)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}

/** Each character with its presses. */
export function TypedPreview({ typed }: { typed: readonly TypedCharacter[] }) {
  return (
    <>
      <ul aria-label="Characters and their presses" className="flex flex-wrap gap-1">
        {typed.slice(0, SHOWN).map(({ character, presses }, place) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- characters repeat
            key={place}
            className={`grid min-w-7 justify-items-center rounded-sm border px-1 py-0.5 ${presses === null ? 'border-danger/45 bg-danger-soft text-danger' : 'border-line bg-raised'}`}
          >
            <span className="font-mono">{visible(character)}</span>
            <span className="font-mono text-2xs text-muted">
              {presses === null ? '–' : presses.join(' ')}
            </span>
          </li>
        ))}
      </ul>
      {typed.length > SHOWN && (
        <p className="mt-1 text-xs text-muted">and {typed.length - SHOWN} more characters</p>
      )}
    </>
  )
}
