import type { Privilege } from '../../api/privileges.ts'
import { formatSpan } from '../../lib/times.ts'
import { LEVELS } from '../../actions/levels.ts'

/** BigV's window for a Yubikey's one-time password unless a privilege says otherwise (API reference, "Authentication"). */
const USUAL_OTP_S = 900

/** What the level is for, in words; nothing of one that is not known. */
export function levelText(level: string): string | undefined {
  return Object.entries(LEVELS).find(([name]) => name === level)?.[1]
}

/** Takes a privilege and says whether it wants a Yubikey's one-time password, and for how long one is good. */
export function otpText({ yubikey_required, yubikey_otp_max_age }: Privilege): string {
  if (!yubikey_required) return 'No Yubikey needed'
  const window = formatSpan((yubikey_otp_max_age ?? USUAL_OTP_S) * 1000)
  return `Yubikey needed: each OTP is good for ${window}${yubikey_otp_max_age == null ? ' (the default)' : ''}`
}

/** Takes a privilege and says from where it can be used. */
export function fromText({ ip_restrictions }: Privilege): string {
  return ip_restrictions ? `Only from ${ip_restrictions}` : 'From any address'
}

/** Takes a privilege and says what it is on, by its name where BigV tells it, else by id. */
export function onText(privilege: Privilege): string {
  const { account_id, group_id, virtual_machine_id, account_name, group_name, virtual_machine_name } =
    privilege
  if (virtual_machine_id != null) return `machine ${virtual_machine_name ?? virtual_machine_id}`
  if (group_id != null) return `group ${group_name ?? group_id}`
  return account_id == null ? 'the whole cluster' : `account ${account_name ?? account_id}`
}
