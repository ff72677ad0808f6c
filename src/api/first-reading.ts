import { currentSession } from '../session/session.ts'
import { groupOfListPath } from '../lib/links.ts'
import { groupQueries } from './groups.ts'
import { queryClient } from './query-client.ts'
import { machineQueries } from './virtual-machines.ts'

/**
 * Begins the reading that the page of this address will wait for, before its code has come; the page finds it in the cache, under
 * way or done. Does nothing when nobody is signed in, or for other pages. Resolves when it has ended, well or not.
 */
export async function beginFirstReading({
  pathname,
  search,
}: {
  pathname: string
  search: string
}): Promise<void> {
  const { credentials } = currentSession()
  if (credentials === null) return
  const params = new URLSearchParams(search)
  const group = groupOfListPath(pathname)
  const machine =
    group !== null
      ? queryClient.query(machineQueries.list(group, params.has('deleted')))
      : pathname === '/'
        ? queryClient.query(groupQueries.list(params.get('account') ?? credentials.account))
        : null
  // The page tells of a failure, as it would of its own.
  await machine?.catch(() => {})
}
