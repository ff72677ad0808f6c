import { beforeEach, describe, expect, test, vi } from 'vitest'
import { renameGroup } from '../actions/groups.ts'
import { actions, machineActions } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { machineData, REF } from '../api/testing/machines.ts'
import { status } from '../api/testing/simulated-bigv.ts'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { signIn, signOut } from '../session/session.ts'
import { allowAgain, forbiddenReason, machineDisabledReason, noteForbidden } from './disabled-reason.ts'
import { bindResourceAction } from './resource-action.ts'
import { DEMO, useMachineAtBigv } from './testing/machine-at-bigv.ts'

const GROUP = { ...REF, id: null, name: 'default' }
const web = (id = bigv.id) => ({ ...REF, id, name: 'web' })
const error = new ApiError('Not allowed (403): Forbidden', {
  kind: 'refused',
  sent: 'yes',
  trace: { method: 'PUT', path: '/x', status: 403, startedAt: 0, duration: 0 },
})

const bigv = useMachineAtBigv()
let entries: Map<string, string>
beforeEach(() => {
  entries = new Map()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  signIn(DEMO, true, 1_000)
})

describe('an action that BigV answers with 403', () => {
  test('is disabled for the session, on buttons and before sending, with BigV’s reason', async () => {
    await bigv.answer('PUT', status(403, 'Not yours'))
    expect((await bigv.end('stop')).outcome).toBe('refused')
    const why = expect.stringMatching(
      /^Not allowed \(403\): Not yours\. That was at \d\d:\d\d:\d\d\. To retry, choose Try again in Activity\.$/,
    ) as string
    expect(
      machineDisabledReason(machineActions.stop, machineData({ id: bigv.id }), undefined, false, 0),
    ).toEqual(why)
    await vi.waitFor(async () => expect(await bigv.log()).toHaveLength(2))
    expect(await bigv.begin('stop')).toEqual({ is: 'refused', reason: why })
    expect(await bigv.log()).toHaveLength(2)
  })

  test('disables no other action and no other machine, and a 400 disables nothing', async () => {
    noteForbidden(actions.stop, web(), error)
    expect(forbiddenReason(actions.stop, web(bigv.id + 1))).toBeNull()
    expect(forbiddenReason(actions.reset, web())).toBeNull()
    await bigv.answer('POST', status(400))
    await bigv.end('reset')
    expect(forbiddenReason(actions.reset, web())).toBeNull()
  })

  test('is enabled when the user wants to try again', async () => {
    noteForbidden(actions.stop, web(), error)
    noteForbidden(actions.reset, web(), error)
    allowAgain(actions.stop, web())
    expect(forbiddenReason(actions.stop, web())).toBeNull()
    expect(forbiddenReason(actions.reset, web())).not.toBeNull()
    expect((await bigv.begin('stop')).is).toBe('begun')
  })

  test('is disabled with the day of the 403 if that was on another day', () => {
    noteForbidden(actions.stop, web(), error)
    expect(forbiddenReason(actions.stop, web())).toMatch(/That was on Thu 1 Jan 1970 at \d\d:\d\d\./)
  })

  test('is disabled in the whole group or account if it creates something there', () => {
    noteForbidden(actions.create, { ...REF, id: null, name: 'web1' }, error)
    expect(forbiddenReason(actions.create, { ...REF, id: null, name: 'web2' })).not.toBeNull()
    expect(forbiddenReason(actions.create, { ...REF, group: 'staging', id: null, name: 'web1' })).toBeNull()
    noteForbidden(actions.create_group, { ...GROUP, group: 'a', name: 'a' }, error)
    expect(forbiddenReason(actions.create_group, { ...GROUP, group: 'b', name: 'b' })).not.toBeNull()
    expect(forbiddenReason(actions.create_group, { ...GROUP, account: 'birch' })).toBeNull()
    noteForbidden(actions.revoke_privilege, { ...web(), name: 'vm_admin on web for a' }, error)
    expect(forbiddenReason(actions.revoke_privilege, { ...web(), name: 'vm_admin on web for b' })).toBeNull()
  })

  test('is disabled on a group if it acts on a group', async () => {
    await bigv.answer('PUT', status(403))
    const rename = bindResourceAction(renameGroup, {
      account: REF.account,
      id: 2,
      name: 'default',
      to: 'other',
    })
    expect((await rename.run()).is).toBe('refused')
    expect(await rename.run()).toMatchObject({
      is: 'not sent',
      reason: expect.stringMatching(/^Not allowed \(403\)/),
    })
    expect(await bigv.log()).toHaveLength(1)
  })

  test('is enabled after the user signs in again, as they may have other rights', () => {
    noteForbidden(actions.stop, web(), error)
    signIn({ ...DEMO, otp: 'new' }, true, 2_000)
    expect(forbiddenReason(actions.stop, web())).toBeNull()
    noteForbidden(actions.stop, web(), error)
    signOut()
    expect([...entries.keys()]).toEqual([])
    signIn(DEMO, false, 3_000)
    expect(forbiddenReason(actions.stop, web())).toBeNull()
  })

  test('stays disabled after a reload if the session continues', async () => {
    noteForbidden(actions.stop, web(), error)
    vi.resetModules()
    const [session, reloaded] = [await import('../session/session.ts'), await import('./disabled-reason.ts')]
    expect(reloaded.forbiddenReason(actions.stop, web())).toBeNull()
    vi.resetModules()
    const again = [await import('../session/session.ts'), await import('./disabled-reason.ts')] as const
    expect(again[0].restoreSession()).toBe(true)
    expect(again[1].forbiddenReason(actions.stop, web())).toMatch(/^Not allowed \(403\)/)
    session.signOut()
  })
})
