import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { renameGroup } from '../actions/groups.ts'
import { actions, machineActions } from '../actions/index.ts'
import { boundBy } from '../actions/testing/bound.ts'
import { ApiError } from '../api/errors.ts'
import { machineData, REF } from '../api/testing/machines.ts'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { signIn, signOut } from '../session/session.ts'
import { forbiddenReason, machineDisabledReason, noteForbidden } from './disabled-reason.ts'
import { bindResourceAction } from './resource-action.ts'
import { beginOperation } from './run.ts'
import { DEMO, machineAtBigv, status, until, type MachineAtBigv } from './testing/machine-at-bigv.ts'

const GROUP = { ...REF, id: null, name: 'default' }
const web = (id = 7) => ({ ...REF, id, name: 'web' })
const error = new ApiError('You may not do this. It said: Forbidden', {
  kind: 'refused',
  sent: 'yes',
  trace: { method: 'PUT', path: '/x', status: 403, startedAt: 0, duration: 0 },
})

let bigv: MachineAtBigv
let entries: Map<string, string>
beforeEach(async () => {
  entries = new Map()
  bigv = await machineAtBigv()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  signIn(DEMO, true, 1_000)
})
afterEach(() => bigv.close())

describe('a write that BigV answers with 403', () => {
  test('is not asked for again in this session: with what BigV said, in the controls and before anything is sent', async () => {
    bigv.writes = [(_, response) => response.writeHead(403).end('Not yours')]
    const stop = { bound: boundBy('stop'), ref: REF, id: 7, name: 'web' } as const
    const begun = await beginOperation(stop)
    if (begun.is !== 'begun') throw new Error('It did not begin.')
    expect((await until(begun.key, 'ended')).outcome).toBe('refused')
    const why = expect.stringMatching(
      /^You may not do this\. It said: Not yours That was at \d\d:\d\d:\d\d; sign in anew to try again\.$/,
    ) as string
    expect(machineDisabledReason(machineActions.stop, machineData(), undefined, false, 0)).toEqual(why)
    await vi.waitFor(() => expect(bigv.log()).toHaveLength(2))
    expect(await beginOperation(stop)).toEqual({ is: 'refused', reason: why })
    expect(bigv.log()).toHaveLength(2)
  })

  test('says nothing of other actions, of other machines, and of other answers', async () => {
    noteForbidden(actions.stop, web(), error)
    expect(forbiddenReason(actions.stop, web(8))).toBeNull()
    expect(forbiddenReason(actions.reset, web())).toBeNull()
    bigv.writes = [status(400)]
    const begun = await beginOperation({ bound: boundBy('reset'), ref: REF, id: 7, name: 'web' })
    if (begun.is === 'begun') await until(begun.key, 'ended')
    expect(forbiddenReason(actions.reset, web())).toBeNull()
  })

  test('of what has no id yet counts for its place', () => {
    noteForbidden(actions.create, { ...REF, id: null, name: 'web1' }, error)
    expect(forbiddenReason(actions.create, { ...REF, id: null, name: 'web2' })).not.toBeNull()
    expect(forbiddenReason(actions.create, { ...REF, group: 'staging', id: null, name: 'web1' })).toBeNull()
    noteForbidden(actions.create_group, { ...GROUP, group: 'a', name: 'a' }, error)
    expect(forbiddenReason(actions.create_group, { ...GROUP, group: 'b', name: 'b' })).not.toBeNull()
    expect(forbiddenReason(actions.create_group, { ...GROUP, account: 'birch' })).toBeNull()
    noteForbidden(actions.revoke_privilege, { ...web(), name: 'vm_admin on web for a' }, error)
    expect(forbiddenReason(actions.revoke_privilege, { ...web(), name: 'vm_admin on web for b' })).toBeNull()
  })

  test('holds for groups, too', async () => {
    bigv.writes = [status(403)]
    const rename = bindResourceAction(renameGroup, {
      account: REF.account,
      id: 2,
      name: 'default',
      to: 'other',
    })
    expect((await rename.run()).is).toBe('refused')
    expect(await rename.run()).toMatchObject({
      is: 'not sent',
      reason: expect.stringMatching(/^You may not do this/),
    })
    expect(bigv.log()).toHaveLength(1)
  })

  test('is forgotten with the session: signed in anew, one may have other rights', () => {
    noteForbidden(actions.stop, web(), error)
    signIn({ ...DEMO, otp: 'new' }, true, 2_000)
    expect(forbiddenReason(actions.stop, web())).toBeNull()
    noteForbidden(actions.stop, web(), error)
    signOut()
    expect([...entries.keys()]).toEqual([])
    signIn(DEMO, false, 3_000)
    expect(forbiddenReason(actions.stop, web())).toBeNull()
  })

  test('outlasts a reload of a session that is remembered', async () => {
    noteForbidden(actions.stop, web(), error)
    vi.resetModules()
    const [session, reloaded] = [await import('../session/session.ts'), await import('./disabled-reason.ts')]
    expect(reloaded.forbiddenReason(actions.stop, web())).toBeNull()
    vi.resetModules()
    const again = [await import('../session/session.ts'), await import('./disabled-reason.ts')] as const
    expect(again[0].restoreSession()).toBe(true)
    expect(again[1].forbiddenReason(actions.stop, web())).toMatch(/^You may not do this/)
    session.signOut()
  })
})
