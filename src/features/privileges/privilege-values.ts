import { ipRestrictionsProblem } from '../../lib/addresses.ts'
import { numberIn } from '../../lib/units.ts'
import type { Conditions } from '../../actions/privilege-requests.ts'

/** A privilege as it stands in the form; the window in minutes, as typed, empty for BigV's default. */
export interface PrivilegeValues {
  user: string
  level: string
  yubikey: boolean
  minutes: string
  from: string
}

/** Takes a privilege's conditions and returns them as the form has them. */
export function conditionValues(now: Conditions): Pick<PrivilegeValues, 'yubikey' | 'minutes' | 'from'> {
  const { yubikey_required, yubikey_otp_max_age, ip_restrictions } = now
  return {
    yubikey: yubikey_required,
    minutes: yubikey_otp_max_age === null ? '' : String(yubikey_otp_max_age / 60),
    from: ip_restrictions ?? '',
  }
}

/** Takes what stands in the form and returns the conditions to write; what was not touched stays to the second. */
export function conditionsIn({ yubikey, minutes, from }: PrivilegeValues, now?: Conditions): Conditions {
  const untouched = now !== undefined && conditionValues(now).minutes === minutes
  return {
    yubikey_required: yubikey,
    yubikey_otp_max_age: untouched
      ? now.yubikey_otp_max_age
      : minutes.trim() === ''
        ? null
        : Math.round(numberIn(minutes) * 60),
    ip_restrictions: from.trim() === '' ? null : from.trim(),
  }
}

/** Takes what stands in the form and returns what is wrong with each field, or null. */
export function privilegeProblems({ user, level, yubikey, minutes, from }: PrivilegeValues) {
  const window = numberIn(minutes)
  const wrongWindow = yubikey && minutes.trim() !== '' && !(Number.isFinite(window) && window * 60 >= 1)
  return {
    user:
      user.trim() === ''
        ? 'Say whose it is to be.'
        : /^[\da-z]+$/i.test(user.trim())
          ? null
          : 'Letters and digits only.',
    level: level === '' ? 'Choose a level.' : null,
    minutes: wrongWindow ? 'A number of minutes, or nothing for BigV’s default.' : null,
    from: ipRestrictionsProblem(from),
  }
}
