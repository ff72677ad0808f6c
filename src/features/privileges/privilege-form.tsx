import { useState } from 'react'
import {
  changePrivilege,
  conditionsOf,
  grantPrivilege,
  levelHint,
  LEVELS,
  levelsOn,
  type Conditions,
  type Place,
  type Scope,
} from '../../actions/access.ts'
import type { Privilege } from '../../api/privileges.ts'
import { queryClient } from '../../api/query-client.ts'
import { errorsFromBigV, ResourceDialog } from '../../components/form-dialog.tsx'
import { useDraft } from '../../components/use-draft.ts'
import { ipRestrictionsProblem } from '../../lib/addresses.ts'
import { firstProblem } from '../../lib/text.ts'
import { numberIn } from '../../lib/units.ts'
import { bindResourceAction } from '../../operations/resource-action.ts'
import { useResourceAction } from '../../operations/use-action.ts'
import { SwitchField } from '../../ui/fields/checkbox.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { NumberField, TextField } from '../../ui/fields/text-field.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Props {
  place: Place
  scope: Scope
  /** The user's own highest privilege here, or null if none is listed. */
  own: Privilege | null
  /** The privilege to change, or null for a new one. */
  privilege: Privilege | null
  onClose: () => void
}

const EMPTY: PrivilegeValues = { user: '', level: '', yubikey: false, minutes: '', from: '' }

/** Grants a privilege, or changes its conditions. BigV allows no other change (docs/bigv-api.md#10-users-and-privileges). */
export function PrivilegeForm({ place, scope, own, privilege, onClose }: Props) {
  const current = privilege
    ? {
        user: privilege.username ?? 'unknown',
        level: privilege.level,
        ...conditionValues(conditionsOf(privilege)),
      }
    : EMPTY
  const draft = useDraft<PrivilegeValues>(current, {
    onInput(names) {
      setTouched(new Set([...touched, ...names]))
      change.reset()
    },
  })
  const { values, text, checked } = draft
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const problems = privilegeProblems(values)
  const wrong = firstProblem(problems)
  const user = values.user.trim()
  const hint = levelHint(own, values.level)
  const conditions = conditionsIn(values, privilege ? conditionsOf(privilege) : undefined)
  const change = useResourceAction<unknown>(
    privilege
      ? bindResourceAction(changePrivilege, { place, privilege, conditions })
      : wrong === null
        ? bindResourceAction(grantPrivilege, {
            place,
            scope,
            username: user,
            level: values.level,
            conditions,
          })
        : null,
    refreshPrivileges,
  )
  const problem =
    wrong ??
    // While a change is being saved, BigV may already have the form's values, although there were changes to save.
    (change.requests.length > 0 || change.isPending ? null : 'No changes to save.')

  const errorsOf = (field: keyof typeof problems, attribute: string) => {
    const problem = touched.has(field) ? problems[field] : null
    return problem ? [problem] : errorsFromBigV(change.error, attribute)
  }
  return (
    <ResourceDialog
      title={privilege ? `Change ${privilege.level} of ${user}` : `Grant a privilege on ${place.name}`}
      description={
        privilege
          ? 'You can only change the conditions. To change the user, the level or what it applies to, revoke this privilege and grant a new one.'
          : 'BigV lets you grant levels below your own.'
      }
      label={privilege ? 'Save' : 'Grant'}
      change={wrong === null ? change : { ...change, requests: [] }}
      problem={problem}
      draft={draft}
      onClose={onClose}
    >
      {hint && <Notice tone="warn">{hint}</Notice>}
      {!privilege && (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField label="User" mono errors={errorsOf('user', 'username')} {...text('user')} />
          <SelectField
            label="Level"
            placeholder="Choose one"
            options={levelsOn(scope).map((level) => ({ value: level, label: level }))}
            hint={values.level === '' ? undefined : capital(levelText(values.level))}
            errors={errorsOf('level', 'level')}
            {...text('level')}
          />
        </div>
      )}
      <SwitchField
        label="Requires a Yubikey one-time password"
        errors={change.error?.fields['yubikey_required']}
        {...checked('yubikey')}
      />
      {values.yubikey && (
        <NumberField
          label="One-time password valid for"
          unit="min"
          inputMode="decimal"
          optional
          className="max-w-80"
          hint="15 minutes by default."
          errors={errorsOf('minutes', 'yubikey_otp_max_age')}
          {...text('minutes', current.minutes && `${current.minutes} min`)}
        />
      )}
      <TextField
        label="Only from these addresses"
        optional
        mono
        hint="Addresses and networks, such as 192.0.2.0/24, separated by commas."
        errors={errorsOf('from', 'ip_restrictions')}
        {...text('from')}
      />
    </ResourceDialog>
  )
}

/** Describes a level; undefined for unknown levels. */
export function levelText(level: string): string | undefined {
  return Object.entries(LEVELS).find(([name]) => name === level)?.[1]
}

function capital(text: string | undefined): string | undefined {
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** The form's values. `minutes` is the OTP's validity as entered; empty means BigV's default. */
export interface PrivilegeValues {
  user: string
  level: string
  yubikey: boolean
  minutes: string
  from: string
}

export function conditionValues(now: Conditions): Pick<PrivilegeValues, 'yubikey' | 'minutes' | 'from'> {
  const { yubikey_required, yubikey_otp_max_age, ip_restrictions } = now
  return {
    yubikey: yubikey_required,
    minutes: yubikey_otp_max_age === null ? '' : String(yubikey_otp_max_age / 60),
    from: ip_restrictions ?? '',
  }
}

/** The conditions to send. Unedited ones stay as they are, so that seconds aren't rounded to minutes. */
export function conditionsIn({ yubikey, minutes, from }: PrivilegeValues, now?: Conditions): Conditions {
  const shown = now && conditionValues(now)
  return {
    yubikey_required: yubikey,
    yubikey_otp_max_age:
      now && shown?.minutes === minutes
        ? now.yubikey_otp_max_age
        : minutes.trim() === ''
          ? null
          : Math.round(numberIn(minutes) * 60),
    ip_restrictions: now && shown?.from === from ? now.ip_restrictions : from.trim() || null,
  }
}

export function privilegeProblems({ user, level, yubikey, minutes, from }: PrivilegeValues) {
  const window = numberIn(minutes)
  const wrongWindow = yubikey && minutes.trim() !== '' && !(Number.isFinite(window) && window * 60 >= 1)
  return {
    user:
      user.trim() === ''
        ? 'Enter a username.'
        : /^[\da-z]+$/i.test(user.trim())
          ? null
          : 'Use letters and digits only.',
    level: level === '' ? 'Choose a level.' : null,
    minutes: wrongWindow ? 'Enter a number of minutes, or leave blank for BigV’s default.' : null,
    from: ipRestrictionsProblem(from),
  }
}

/** Refetches all privileges after a grant, a change or a revocation. */
export function refreshPrivileges(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['privileges'] })
}
