import { useState } from 'react'
import { changePrivilege, grantPrivilege } from '../../actions/things.ts'
import type { Privilege } from '../../api/privileges.ts'
import { levelsToGive, type Level, type Scope } from '../../actions/levels.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import {
  changeRequest,
  changeSeen,
  conditionsOf,
  grantRequest,
  grantSeen,
  noLongerStands,
} from '../../actions/privilege-requests.ts'
import { useReadOnly } from '../../operations/use-operations.ts'
import { NumberField, TextField } from '../../ui/fields/text-field.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { plainFailure } from '../../components/plain-problem.tsx'
import { targetAt, type Place } from './place.ts'
import { conditionValues, conditionsIn, privilegeProblems, type PrivilegeValues } from './privilege-values.ts'
import { levelText } from './privilege-words.ts'
import { usePrivilegeChange } from './use-privilege-change.ts'

interface Props {
  place: Place
  scope: Scope
  /** The level that the user has here, null where that is not known. */
  own: Level | null
  /** The privilege to change, or null for a new one. */
  privilege: Privilege | null
  onClose: () => void
}

const EMPTY: PrivilegeValues = { user: '', level: '', yubikey: false, minutes: '', from: '' }

/** Asks whom to give what, and on which conditions; of one that there is, only the conditions can change. */
export function PrivilegeForm({ place, scope, own, privilege, onClose }: Props) {
  const [values, setValues] = useState<PrivilegeValues>(() =>
    privilege
      ? {
          user: privilege.username ?? 'unknown',
          level: privilege.level,
          ...conditionValues(conditionsOf(privilege)),
        }
      : EMPTY,
  )
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const { sending, result, send, forget } = usePrivilegeChange(place)
  const readOnly = readOnlyReason(useReadOnly())
  const problems = privilegeProblems(values)
  const wrong = Object.values(problems).find((problem) => problem !== null) ?? null
  const user = values.user.trim()
  const levels = levelsToGive(scope, own)
  const conditions = conditionsIn(values, privilege ? conditionsOf(privilege) : undefined)
  const request = privilege
    ? changeRequest(privilege, conditions)
    : wrong === null
      ? grantRequest(user, values.level, scope, conditions)
      : null
  const none = levels.length === 0 ? `You are ${own} here, and can give nothing below that.` : null
  const action = privilege ? changePrivilege : grantPrivilege
  const notAllowed = readOnly ?? forbiddenReason(action, targetAt(place, values.level, user))
  const disabledReason =
    notAllowed ?? (privilege ? null : none) ?? wrong ?? (request ? null : 'Nothing is changed yet.')
  const refused = result?.is === 'refused' ? result.error.fields : {}

  const set = <K extends keyof PrivilegeValues>(name: K, value: PrivilegeValues[K]) => {
    setValues((before) => ({ ...before, [name]: value }))
    setTouched((before) => new Set([...before, name]))
    forget()
  }
  const errorsOf = (field: keyof typeof problems, attribute: string) => {
    const problem = touched.has(field) ? problems[field] : null
    return problem ? [problem] : refused[attribute]?.map((message) => `BigV says: ${message}`)
  }
  const submit = async () => {
    if (request === null) return
    const seen = (now: readonly Privilege[]) =>
      privilege ? changeSeen(now, privilege.id, conditions) : grantSeen(now, user, values.level)
    const stands = (now: readonly Privilege[]) =>
      privilege
        ? noLongerStands(now, privilege)
        : grantSeen(now, user, values.level) === null
          ? `${user} has it by now.`
          : null
    if (await send({ action, username: user, level: values.level, request, stands, seen })) onClose()
  }

  return (
    <FormDialog
      title={privilege ? `Change ${privilege.level} of ${user}` : `Grant a privilege on ${place.name}`}
      description={
        privilege
          ? 'Who has it, its level and what it is on cannot change: for that, revoke it and grant another.'
          : 'A user can be given levels below your own.'
      }
      label={privilege ? 'Save' : 'Grant'}
      disabledReason={disabledReason}
      sending={sending}
      held
      failure={plainFailure(result)}
      requests={request && wrong === null ? [request] : []}
      onSubmit={submit}
      onClose={onClose}
    >
      {!privilege && (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField
            label="User"
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={values.user}
            errors={errorsOf('user', 'username')}
            onChange={(event) => set('user', event.currentTarget.value)}
          />
          <SelectField
            label="Level"
            placeholder="Choose one"
            options={levels.map((level) => ({ value: level, label: level }))}
            value={values.level}
            hint={values.level === '' ? (none ?? undefined) : capital(levelText(values.level))}
            errors={errorsOf('level', 'level')}
            onChange={(event) => set('level', event.currentTarget.value)}
          />
        </div>
      )}
      <SwitchField
        label="Wants a Yubikey’s one-time password"
        checked={values.yubikey}
        errors={refused['yubikey_required']}
        onChange={(event) => set('yubikey', event.currentTarget.checked)}
      />
      {values.yubikey && (
        <NumberField
          label="Each password is good for"
          unit="min"
          inputMode="decimal"
          optional
          className="max-w-80"
          value={values.minutes}
          hint="15 minutes by default."
          errors={errorsOf('minutes', 'yubikey_otp_max_age')}
          onChange={(event) => set('minutes', event.currentTarget.value)}
        />
      )}
      <TextField
        label="Only from these addresses"
        optional
        mono
        autoComplete="off"
        spellCheck={false}
        value={values.from}
        hint="Addresses and networks, such as 192.0.2.0/24, separated by commas."
        errors={errorsOf('from', 'ip_restrictions')}
        onChange={(event) => set('from', event.currentTarget.value)}
      />
    </FormDialog>
  )
}

function capital(text: string | undefined): string | undefined {
  return text && `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
