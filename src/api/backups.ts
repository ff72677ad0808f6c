import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { listOf, z } from './schema.ts'
import type { Disc } from './virtual-machine.ts'
import { machinePath } from './virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

const maybe = <T>(schema: z.ZodMiniType<T>) => z.optional(z.nullable(schema))

const backupSchema = z.looseObject({
  id: z.number(),
  label: maybe(z.string()),
  size: maybe(z.number()),
  created_at: maybe(z.string()),
})

/** A backup of a disc; size in MiB. The official client knows them as discs (API reference, "Traffic of the official client"). */
export type Backup = z.infer<typeof backupSchema>

const scheduleSchema = z.looseObject({
  id: maybe(z.number()),
  start_at: maybe(z.string()),
  interval_seconds: z.number(),
  capacity: maybe(z.number()),
})

/** When backups of a disc are taken: from when, every how many seconds, and how many are kept. */
export type BackupSchedule = z.infer<typeof scheduleSchema>

/** Takes a disc and returns the schedules of its backups, or null where this brain does not tell (a newer attribute). */
export function schedulesOf(disc: Disc): BackupSchedule[] | null {
  const schedules = listOf(scheduleSchema).safeParse(disc['backup_schedules'])
  return schedules.success ? schedules.data : null
}

/** Reading backups. An older brain has none, and answers 404. */
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
