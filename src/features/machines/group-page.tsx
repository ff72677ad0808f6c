import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  Link,
  replace,
  useParams,
  type LoaderFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from 'react-router'
import { failedJustNow, queryClient } from '../../api/query-client.ts'
import { machineQueries, overviewQueries } from '../../api/virtual-machines.ts'
import { useGroupName } from '../../components/groups.tsx'
import { startedByLoader, startFetch, usePolling } from '../../components/page/polling.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { rememberGroup } from '../../session/last-used.ts'
import { buttonClass } from '../../ui/button.tsx'
import { useListView, viewReady, withoutOldParameter } from '../machine-list/list-view.ts'
import { MachineList } from '../machine-list/machine-list.tsx'
import { hasChanged, missingAddress, withoutAddress, type ListedMachine } from './missing-addresses.ts'

const OVERVIEW_EVERY_MS = 5 * 60_000
const NOT_FETCHED = { address: undefined, discs: undefined }
/** A missing address is fetched again after this time when the user comes to the page. */
const MISSING_FOR_MS = 10_000

export function loader({ params: { account = '', group = '' }, request }: LoaderFunctionArgs) {
  const current = withoutOldParameter(new URL(request.url))
  if (current !== null) return replace(current)
  const options = machineQueries.list({ account, group })
  // Don't repeat a prefetch that failed before this code loaded.
  if (!failedJustNow(options.queryKey)) startFetch(() => queryClient.query(options))
  return viewReady(request.url)
}

/** Searching and sorting change the URL, but not the fetched data. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname !== nextUrl.pathname || nextUrl.searchParams.has('deleted')
}

export function Component() {
  const { account = '', group = '' } = useParams()
  // The key makes React create a new page for each group, so that each group has its own search.
  return <Machines key={`${account}/${group}`} of={{ account, group }} />
}

function Machines({ of }: { of: GroupRef }) {
  // The same object for the life of the page: a new object would re-render every row.
  const [group] = useState(of)
  const name = useGroupName(group)
  const view = useListView()
  const options = machineQueries.list(group)
  const query = useQuery({ ...options, ...usePolling(options.queryKey), ...startedByLoader })
  const overview = useOverview(group, query.data)
  useLayoutEffect(() => rememberGroup(group.account, group.group), [group.account, group.group])
  // This is memoised, because a new array would be sorted again, which takes 40 ms for ten thousand machines.
  const machines = useMemo(
    () =>
      query.data?.map((vm) => ({
        group,
        vm,
        ...(overview?.[vm.id] ?? NOT_FETCHED),
      })),
    [query.data, overview, group],
  )
  return (
    <MachineList
      list={`${group.account}/${group.group}`}
      account={group.account}
      heading={name}
      what={name}
      actions={
        <Link
          to={links.create(group)}
          className={`${buttonClass({ variant: 'primary' })} max-md:w-8 max-md:px-0! max-md:pointer-coarse:w-11`}
        >
          <Plus size={16} aria-hidden />
          <span className="max-md:sr-only">Create machine</span>
        </Link>
      }
      view={view}
      queryKey={options.queryKey}
      query={query}
      machines={machines}
      elsewhere={
        <Link to={links.account(group.account)} className={buttonClass()}>
          Other groups
        </Link>
      }
      whenEmpty={
        <Link to={links.create(group)} className={buttonClass({ variant: 'primary' })}>
          Create the first machine
        </Link>
      }
    />
  )
}

/**
 * A group's addresses and discs by machine id. They are fetched after the list, whenever its set of machines changes, and every five
 * minutes. While a machine's address is missing, they are also fetched when that machine is turned on or off, and when the user comes to
 * the page.
 */
function useOverview(group: GroupRef, machines: readonly ListedMachine[] | undefined) {
  const options = overviewQueries.byMachine(group)
  const known = useRef<ReadonlySet<number> | null>(null)
  const unaddressed = useRef<ReadonlyMap<number, boolean>>(new Map())
  useEffect(() => {
    if (machines === undefined) return
    const before = known.current
    known.current = new Set(machines.map(({ id }) => id))
    const same =
      before === null || (before.size === machines.length && machines.every(({ id }) => before.has(id)))
    if (!same) void queryClient.invalidateQueries({ queryKey: overviewQueries.byMachine(group).queryKey })
  }, [machines, group])
  const isMissing = useMemo(() => missingAddress(machines), [machines])
  const { data } = useQuery({
    ...options,
    enabled: machines !== undefined && machines.length > 0,
    refetchInterval: OVERVIEW_EVERY_MS,
    // Data older than this is fetched again when the user comes to the page, or back to its browser tab.
    staleTime: ({ state: { data } }) => (isMissing(data) ? MISSING_FOR_MS : OVERVIEW_EVERY_MS),
    refetchOnWindowFocus: true,
  })
  useEffect(() => {
    if (machines === undefined || data === undefined) return
    const before = unaddressed.current
    const now = withoutAddress(machines, data)
    unaddressed.current = now
    if (hasChanged(before, now))
      void queryClient.invalidateQueries({ queryKey: overviewQueries.byMachine(group).queryKey })
  }, [machines, data, group])
  return data
}
