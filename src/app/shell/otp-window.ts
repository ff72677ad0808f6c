import type { Privilege } from '../../api/privileges.ts'

/** For how long an OTP may be replayed unless the privilege says, in s (API reference, "Authentication"). */
const USUAL_AGE_S = 900

/**
 * Takes the privileges of a user and returns for how many ms a one-time password of his serves them all: the shortest time that one
 * of those with `yubikey_required` allows. Null when none wants one: BigV ignores it then.
 */
export function otpWindow(privileges: readonly Privilege[]): number | null {
  const ages = privileges.flatMap(({ yubikey_required, yubikey_otp_max_age }) =>
    yubikey_required ? [(yubikey_otp_max_age ?? USUAL_AGE_S) * 1000] : [],
  )
  return ages.length === 0 ? null : Math.min(...ages)
}
