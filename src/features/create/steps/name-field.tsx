import { useFormContext } from 'react-hook-form'
import { Link } from 'react-router'
import { links } from '../../../lib/links.ts'
import { expandNames, isPattern } from '../../../lib/name-pattern.ts'
import { Notice } from '../../../ui/notice.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { isAsSent, takenBy } from '../errors/complaints.ts'
import type { CreateValues } from '../form-values.ts'
import type { StepProps } from './step-props.ts'
import { useHolders } from './use-holders.ts'
import { machinesInWords } from '../words.ts'

const SHOWN_HOLDERS = 3

/** The name, or the pattern of several; with the names that it stands for, and who has them already. */
export function NameField({ group, values, errorsOf, attempt }: StepProps) {
  const { register } = useFormContext<CreateValues>()
  const { names } = expandNames(values.name)
  const listed = useHolders(group, names)
  const refused = attempt?.failure.is === 'taken' && isAsSent('name', values, attempt.sent)
  const holders = refused && attempt?.failure.is === 'taken' ? [attempt.failure.by.vm] : listed
  return (
    <div className="grid max-w-2xl gap-3">
      <TextField
        label="Name"
        mono
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="max-w-md"
        hint={isPattern(values.name) ? undefined : 'Part of the host name. Several at once: web{1..5}'}
        errors={errorsOf('name')}
        {...register('name')}
      />
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {names.length > 1 && (
          <p className="text-xs text-muted wrap-anywhere">
            {machinesInWords(names.length)}, each with a request of its own:{' '}
            <span className="font-mono">{names.join(', ')}</span>
          </p>
        )}
        {holders.length > 0 && (
          <Notice tone="warn" title={holders.length > 1 && `${holders.length} of these names are taken`}>
            <ul className="grid gap-1">
              {holders.slice(0, SHOWN_HOLDERS).map((vm) => (
                <li key={vm.id}>
                  {holders.length === 1
                    ? takenBy(vm)
                    : vm.deleted
                      ? 'By a deleted machine:'
                      : 'By a machine:'}{' '}
                  <Link to={links.machine(group, vm.id)} className="text-accent underline">
                    Open {vm.deleted ? 'the deleted ' : ''}
                    {vm.name}
                  </Link>
                </li>
              ))}
              {holders.length > SHOWN_HOLDERS && <li>and {holders.length - SHOWN_HOLDERS} more</li>}
            </ul>
          </Notice>
        )}
      </div>
    </div>
  )
}
