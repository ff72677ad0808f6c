import { Link } from 'react-router'
import { Elapsed } from '../../../components/elapsed.tsx'
import { links } from '../../../lib/links.ts'
import type { ItemState } from '../../../operations/batch/create-run-state.ts'
import type { CreateRun, RunItem } from '../../../operations/batch/create-runs.ts'
import { forgetNewPassword, newPasswordOf, useNewPasswords } from '../../../operations/new-passwords.ts'
import { useOperations } from '../../../operations/use-operations.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code.tsx'
import { Tag } from '../../../ui/tag.tsx'

interface Props {
  run: CreateRun
  item: RunItem
  state: ItemState
}

const TONES = { made: 'ok', moving: 'info', failed: 'danger' } as const

/** One machine of a run: its name, how it stands, and its password until the user has it. */
export function RunRow({ run, item, state }: Props) {
  const { name } = item
  const operation = useOperations().find(({ key }) => key === item.operation)
  const password = newPasswordOf(useNewPasswords(), run, name)
  const there = item.is === 'begun' || item.holder !== null
  return (
    <li className="grid gap-x-4 gap-y-1.5 px-3.5 py-2.5 @container sm:grid-cols-[minmax(7rem,16rem)_minmax(0,1fr)]">
      <span className="font-mono text-xs leading-6 font-semibold wrap-anywhere">
        {there ? (
          <Link to={links.machine(run, item.holder ?? name)} className="text-accent hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <div className="min-w-0">
        <Tag tone={item.is === 'unclear' ? 'warn' : TONES[state.is]}>{state.word}</Tag>{' '}
        {operation !== undefined && operation.phase !== 'ended' && (
          <span className="text-xs text-muted">
            <Elapsed since={operation.begunAt} />
          </span>
        )}
        {state.note !== '' && <p className="mt-0.5 text-xs text-muted wrap-anywhere">{state.note}</p>}
        {password !== null && (
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            <CodeBlock
              code={password}
              copyLabel={`Copy the root password of ${name}`}
              className="w-fit rounded-lg border border-line"
            />
            <Button
              size="small"
              aria-label={`I have the password of ${name}`}
              onClick={() => forgetNewPassword(run, name)}
            >
              I have it
            </Button>
          </div>
        )}
      </div>
    </li>
  )
}
