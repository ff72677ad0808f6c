import { schedulesOf, type BackupSchedule } from '../api/backups.ts'
import { apiPath } from '../api/path.ts'
import { word } from './cli.ts'
import { existing, formAction } from './declare.ts'
import { discOf, discPath, GONE, onDisc, shownOf, type OfDisc } from './discs.ts'
import { done, minutes, nothing } from './observation.ts'
import { post } from './requests.ts'

export const backUpDisc = formAction({
  ...onDisc,
  name: 'backup_disc',
  label: 'Back up disc',
  done: (name) => `Disc of ${name} backed up`,
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id }: OfDisc) => [post(discPath(path, id) + apiPath('backups'), {})],
  /**
   * Only newer BigV versions say how many backups a disc has (docs/bigv-api.md#8-discs). With an older one, an unclear backup stays
   * unclear: backups have no time, so the list of a disc's backups doesn't tell which one is new.
   */
  expects: ({ id }, vm): { id: number; backup_count: number | null } => {
    const count = discOf(vm, id)?.['backup_count']
    return { id, backup_count: typeof count === 'number' ? count + 1 : null }
  },
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected: { id, backup_count } }) {
      const disc = discOf(vm, id)
      if (vm.discs && disc === undefined) return GONE
      const count = disc?.['backup_count']
      return typeof count === 'number' && backup_count !== null
        ? count >= backup_count
        : done(
            'BigV accepted the request, but its answer doesn’t count the backups, so the change couldn’t be confirmed.',
          )
    },
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: nothing,
  cli: ({ server, disc }) => ['backup', 'disc', server, disc],
})

/** A schedule as sent: first backup, interval, and the number of backups to keep (`capacity`). */
interface NewSchedule {
  start_at: string
  interval_seconds: number
  capacity: number
}

export const scheduleBackups = formAction({
  ...onDisc,
  name: 'schedule_backups',
  label: 'Schedule backups',
  done: (name) => `Backups of ${name} scheduled`,
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id, schedule }: OfDisc & { schedule: NewSchedule }) => [
    post(discPath(path, id) + apiPath('backup_schedules'), schedule),
  ],
  /**
   * `alike`: how many schedules of this kind the disc should have afterwards, one more than before. Operations stored by earlier versions
   * lack it.
   */
  expects: ({ id, schedule }, vm): OfDisc & NewSchedule & { alike?: number } => {
    const disc = discOf(vm, id)
    return { id, ...schedule, alike: countAlike((disc && schedulesOf(disc)) ?? [], schedule) + 1 }
  },
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected }) {
      const disc = discOf(vm, expected.id)
      if (vm.discs && disc === undefined) return GONE
      const schedules = disc && schedulesOf(disc)
      if (!schedules)
        return done(
          'BigV accepted the request, but its answer doesn’t list the schedules, so the change couldn’t be confirmed.',
        )
      return countAlike(schedules, expected) >= (expected.alike ?? 1)
    },
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: nothing,
  // The official client has no option for the number of backups to keep, and sends 0.
  cli: ({ server, disc, body }) =>
    body['capacity'] === 0
      ? [
          'schedule',
          'backups',
          '--start',
          word(body['start_at']),
          server,
          disc,
          word(body['interval_seconds']),
        ]
      : null,
})

/** The number of schedules like this one. Start times aren't compared: BigV may format them differently. */
function countAlike(schedules: readonly BackupSchedule[], wanted: NewSchedule): number {
  return schedules.filter(
    ({ interval_seconds, capacity }) =>
      interval_seconds === wanted.interval_seconds && (capacity ?? 0) === wanted.capacity,
  ).length
}
