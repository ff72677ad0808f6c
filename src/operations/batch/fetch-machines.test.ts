import { expect, test, vi } from 'vitest'
import { cancelSignInAgain, currentSession, signIn } from '../../session/session.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { NEW_ITEM, type BatchItem } from './batch.ts'
import { fetchCandidates, fetchRows } from './fetch-machines.ts'
import { useFleet, type Fleet } from './testing/fleet.ts'

const fleet = useFleet()
let world: Fleet

/** One machine is fetched alone, six in a list. */
const COUNTS = [1, 6]

const items = (): BatchItem[] =>
  world.candidates.map(({ ref, id, name }) => ({
    ...NEW_ITEM,
    ref,
    id,
    name,
    decidedOn: { name, power_on: true, autoreboot_on: true },
  }))

/** Starts a fleet whose first answer is 401, and waits for that answer. */
async function refused<T>(count: number, fetch: (items: BatchItem[]) => Promise<T>): Promise<Promise<T>[]> {
  world = await fleet(Array.from({ length: count }, () => ({})))
  world.readFates = [401]
  const fetched = fetch(items())
  fetched.catch(() => {})
  await vi.advanceTimersByTimeAsync(100)
  expect(currentSession().expired).toBe(true)
  return [fetched]
}

const signInAgain = () => signIn({ ...DEMO }, false)

test.each(COUNTS)('a dialog fetches its %i machines again after a new sign-in', async (count) => {
  const [fetched] = await refused(count, fetchCandidates)
  // A late sign-in is fine here: the user confirms before anything is sent.
  await vi.advanceTimersByTimeAsync(120_000)
  signInAgain()
  await vi.advanceTimersByTimeAsync(100)
  expect((await fetched)?.map(({ vm }) => vm?.id)).toEqual(items().map(({ id }) => id))
  expect(await world.reads()).toHaveLength(2)
})

test('a list for a batch is fetched again after a new sign-in', async () => {
  const [fetched] = await refused(6, (all) => fetchRows(all, all))
  signInAgain()
  await vi.advanceTimersByTimeAsync(100)
  expect((await fetched)?.size).toBe(6)
  expect(await world.reads()).toHaveLength(2)
})

test.each([
  ['the user doesn’t sign in', cancelSignInAgain],
  ['another user signs in', () => signIn({ ...DEMO, username: 'colleague' }, false)],
])('a fetch for a dialog fails with its 401 if %s', async (_, act) => {
  const [fetched] = await refused(1, fetchCandidates)
  act()
  await expect(fetched).rejects.toMatchObject({ status: 401 })
  expect(await world.reads()).toHaveLength(1)
})
