import type { GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import type { CreateBundle } from '../../actions/bundle.ts'
import { createMachine, type Created } from '../create.ts'
import { backInTime } from '../signed-in.ts'

/**
 * Creates a machine as createMachine does, which reads before it sends; where BigV no longer takes the credentials, once more after
 * the same user has signed in again, if that took no longer than a minute.
 */
export async function createSignedIn(ref: GroupRef, bundle: CreateBundle, run?: string): Promise<Created> {
  for (;;) {
    const used = currentSession().credentials
    const created = await createMachine(ref, bundle, run)
    if (created.is !== 'refused' || created.error.status !== 401) return created
    // Not what is still the same: it would be refused for ever.
    if (!currentSession().expired && currentSession().credentials === used) return created
    const notBack = await backInTime()
    if (notBack?.is === 'cancelled') return created
    if (notBack !== null) return { is: 'not sent', reason: notBack.why }
  }
}
