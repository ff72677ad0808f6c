import { useIntervalSetting } from './interval-setting.ts'
import { useNowSelected } from './use-now.ts'

const INTERVALS_UNTIL_OLD = 3

/**
 * Whether what is shown may no longer be true: the last refresh failed, or the last good answer is older than three intervals (a
 * pause, a sleeping laptop and hanging requests included). Takes when the last good answer came, in ms.
 */
export function useStale(updatedAt: number, failed: boolean): boolean {
  const { ms } = useIntervalSetting()
  const old = useNowSelected((now) => updatedAt > 0 && now - updatedAt > INTERVALS_UNTIL_OLD * ms)
  return failed || old
}
