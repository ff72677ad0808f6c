import { focusManager } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountQueries } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import { usePollRest } from '../../components/page/polling.ts'
import { afterFrames, whenIdle } from '../../lib/browser/when-idle.ts'

const EVERY_MS = 5 * 60_000
const FRAMES_UNTIL_SHOWN = 2
const HAS_SIDEBAR = '(min-width: 48rem)'
/** The overview of 10,000 machines blocks the page for 0.5 s. Numbers in the sidebar aren't worth more than a fifth of that. */
const MOST_MACHINES = 2_000

/**
 * Fetches the account's overview for the counts of the groups that aren't open: once the page is idle after its first paint, then every
 * five minutes while the tab is visible. Not through `useQuery`: a query on screen is fetched again after each operation.
 * @param known how many machines of the account are counted already
 */
export function FetchCounts({ account, known }: { account: string; known: number }) {
  const rest = usePollRest()
  const isLarge = known > MOST_MACHINES
  useEffect(() => {
    if (rest !== null || isLarge) return undefined
    let timer: ReturnType<typeof setInterval> | undefined
    const fetchOverview = () => {
      const isShown = focusManager.isFocused() && matchMedia(HAS_SIDEBAR).matches
      if (isShown && ageOf(account) > EVERY_MS / 2) void fetchQuietly(account)
    }
    const stop = afterFirstFetches(() => {
      fetchOverview()
      timer = setInterval(fetchOverview, EVERY_MS)
    })
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [account, rest, isLarge])
  return null
}

/** How long ago the overview was last fetched, or failed to be. Pages that show it poll it at least once a minute. */
function ageOf(account: string): number {
  const state = queryClient.getQueryState(accountQueries.overview(account).queryKey)
  return Date.now() - Math.max(state?.dataUpdatedAt ?? 0, state?.errorUpdatedAt ?? 0)
}

/** Without an answer, the sidebar has no numbers, or the old ones. */
async function fetchQuietly(account: string): Promise<void> {
  const options = { ...accountQueries.overview(account), staleTime: 0, retry: false }
  await queryClient.query(options).catch(() => {})
}

/** Runs the work once the page has been painted, has nothing left to fetch, and is idle. Returns a function that cancels it. */
function afterFirstFetches(work: () => void): () => void {
  let isCancelled = false
  const check = () => {
    if (isCancelled) return
    if (queryClient.isFetching() === 0) return work()
    const end = queryClient.getQueryCache().subscribe(() => {
      if (queryClient.isFetching() > 0) return
      end()
      whenIdle(check)
    })
  }
  void afterFrames(document.documentElement, FRAMES_UNTIL_SHOWN).then(() => whenIdle(check))
  return () => {
    isCancelled = true
  }
}
