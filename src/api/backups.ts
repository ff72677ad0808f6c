import { queryOptions } from '@tanstack/react-query'
import type { GroupRef } from '../lib/links.ts'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { listOf, maybe, z } from './schema.ts'
import { machinePath, type Disc } from './virtual-machines.ts'

const backupSchema = z.looseObject({
  id: z.number(),
  label: maybe(z.string()),
  size: maybe(z.number()),
  created_at: maybe(z.string()),
})

/** A backup of a disc; size in MiB. The official client treats backups as discs (docs/bigv-api.md#13-traffic-of-the-official-client). */
export type Backup = z.infer<typeof backupSchema>

const scheduleSchema = z.looseObject({
  id: maybe(z.number()),
  start_at: maybe(z.string()),
  interval_seconds: z.number(),
  capacity: maybe(z.number()),
})

/** The start and interval of a disc's backups, and the number to keep (`capacity`). */
export type BackupSchedule = z.infer<typeof scheduleSchema>

/** The backup schedules of a disc, or null if this brain lacks the attribute (only newer ones have it). */
export function schedulesOf(disc: Disc): BackupSchedule[] | null {
  const schedules = listOf(scheduleSchema).safeParse(disc['backup_schedules'])
  return schedules.success ? schedules.data : null
}

/** An older brain has no backups and answers 404. */
export const backupQueries = {
  ofDisc: (ref: GroupRef, vm: number, disc: number) =>
    queryOptions({
      queryKey: ['accounts', ref.account, 'groups', ref.group, 'backups', vm, disc],
      queryFn: async ({ signal }) =>
        (
          await request('GET', machinePath(ref, vm) + apiPath('discs', disc, 'backups'), {
            schema: listOf(backupSchema),
            signal,
          })
        ).data,
      staleTime: 60_000,
    }),
}
