import { randomBytes } from 'node:crypto'
import { apiKeyDigest } from '../access/credentials.ts'
import { isStaff } from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/app.ts'
import { attributesOf, id, orNone, refine, text } from '../http/attributes.ts'
import { identityOf, wantsOverview, type Call } from '../http/find.ts'
import { refusal } from '../rules/refusals.ts'
import type { ApiKey } from '../state/records.ts'
import { shownPrivilege } from './privileges.ts'

// API keys: docs/bigv-api.md#10-users-and-privileges

const shown = (call: Call, { digest: _digest, expires_at, ...apiKey }: ApiKey) => ({
  ...apiKey,
  expires_at: expires_at === null ? null : new Date(expires_at).toISOString(),
  ...(wantsOverview(call) && {
    privileges: call.bigv.store.privileges
      .by('apiKey', apiKey.id)
      .map((privilege) => shownPrivilege(call.bigv.store, privilege)),
  }),
})

/** True if the request may list and delete this user's keys: the request comes from that user or from staff. */
const isOwn = (call: Call, userId: number): boolean => {
  const { user, usable } = identityOf(call)
  return user.id === userId || isStaff(usable)
}

const dayLength = 24 * 3_600_000

/**
 * Parses a date with a time, or a time of day (its next occurrence in UTC), into milliseconds since 1970; NaN for any other
 * text.
 */
const timeOf = (time: string): number => {
  if (!/^\d\d:\d\d:\d\d$/.test(time)) return /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : NaN
  const today = Date.parse(`${new Date().toISOString().slice(0, 'YYYY-MM-DD'.length)}T${time}Z`)
  return today > Date.now() ? today : today + dayLength
}

/** GET /api_keys: lists the user's own keys; with view=overview, also each key's privileges. */
export const listApiKeys = (call: Call): Answer =>
  json(
    200,
    [...call.bigv.store.apiKeys.all()]
      .filter(({ user_id }) => isOwn(call, user_id))
      .map((apiKey) => shown(call, apiKey)),
  )

/** POST /api_keys: creates a key, and shows it in this answer only. A key has no privileges until it is granted some. */
export const createApiKey = (call: Call): Answer => {
  const { store } = call.bigv
  const {
    user_id = identityOf(call).user.id,
    label = '',
    expires_at = null,
  } = attributesOf(
    call.body,
    {
      user_id: refine(id, (user) => store.users.get(user) !== undefined && isOwn(call, user)),
      label: text({ max: 255 }),
      expires_at: orNone(refine(text(), (time) => !Number.isNaN(timeOf(time)))),
    },
    ['label'],
  )
  const api_key = randomBytes(20).toString('hex')
  const apiKey = store.apiKeys.put({
    id: store.apiKeys.nextId(),
    user_id,
    label,
    expires_at: expires_at === null ? null : timeOf(expires_at),
    digest: apiKeyDigest(api_key),
  })
  return json(201, { ...shown(call, apiKey), api_key })
}

/** DELETE /api_keys/ID: deletes a key and its privileges. */
export const deleteApiKey = (call: Call): Answer => {
  const { store } = call.bigv
  const apiKey = store.apiKeys.get(Number(call.params['key']))
  if (!apiKey || !isOwn(call, apiKey.user_id)) throw refusal('missing')
  store.remove('apiKeys', apiKey.id)
  return noContent()
}
