import { visible, type TypedCharacter } from '../../lib/keyboard-layouts/typing.ts'

const SHOWN = 400

/** Each character with the presses that it comes to. */
export function TypedPreview({ typed }: { typed: readonly TypedCharacter[] }) {
  return (
    <>
      <ul aria-label="Characters and their presses" className="flex flex-wrap gap-1">
        {typed.slice(0, SHOWN).map(({ character, presses }, place) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- characters repeat: they are known by their place
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
