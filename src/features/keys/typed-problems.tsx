import { visible, type TypedCharacter } from '../../lib/keyboard-layouts/typing.ts'
import { Notice } from '../../ui/notice.tsx'

/** What cannot be typed: each character once, how often it is there, and why. */
export function TypedProblems({ typed }: { typed: readonly TypedCharacter[] }) {
  const problems = problemsIn(typed)
  return (
    <div role="status">
      {problems.length > 0 && (
        <Notice tone="danger" title="Not all of it can be typed">
          <ul aria-label="Cannot be typed" className="mt-1 grid gap-1">
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
