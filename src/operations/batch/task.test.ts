import { describe, expect, test } from 'vitest'
import { actionOf, destroys, taskTitle, type Task } from './task.ts'
import { machine } from '../../api/testing/machines.ts'

const ON = machine()
const OFF = machine({ power_on: false, autoreboot_on: false })
const RESTARTING = machine({ power_on: false })
const DELETED = machine({ power_on: false, autoreboot_on: false, deleted: true })

/** Whether it is as wanted: on, off, about to be on again, deleted, and gone. */
type Wanted = readonly [on: Is, off: Is, restarting: Is, deleted: Is, gone: Is]
type Is = boolean | null

const TASKS: readonly [task: Task, title: string, destroys: boolean, rolls: boolean, wanted: Wanted][] = [
  [{ action: 'start' }, 'Start 2 machines', false, false, [true, false, false, false, false]],
  [{ action: 'shut_down' }, 'Shut down 2 machines', false, false, [false, true, false, false, false]],
  [{ action: 'restart' }, 'Restart 2 machines', false, true, [null, null, null, null, false]],
  [{ action: 'stop' }, 'Force stop 2 machines', true, false, [false, true, false, false, false]],
  [{ action: 'reboot' }, 'Force reboot 2 machines', true, true, [null, null, null, null, false]],
  [{ action: 'reset' }, 'Reset 2 machines', true, false, [null, null, null, null, false]],
  [
    { action: 'autoreboot_on' },
    'Turn autoreboot on for 2 machines',
    false,
    false,
    [true, false, true, false, false],
  ],
  [
    { action: 'autoreboot_off' },
    'Turn autoreboot off for 2 machines',
    false,
    false,
    [false, true, false, false, false],
  ],
  [{ action: 'delete' }, 'Delete 2 machines', true, false, [false, false, false, true, false]],
  [{ action: 'undelete' }, 'Restore 2 machines', false, false, [true, true, true, false, false]],
  [{ action: 'purge' }, 'Purge 2 machines', true, false, [false, false, false, false, true]],
]

describe.each(TASKS)('%j', (task, title, isDestructive, rolls, wanted) => {
  test(`is called “${title}”`, () => {
    expect(taskTitle(task, 2)).toBe(title)
    expect(taskTitle(task, 1)).toBe(title.replace('2 machines', '1 machine'))
  })

  test(`${isDestructive ? 'destroys, and wants the number typed' : 'destroys nothing'}; it ${rolls ? 'can' : 'cannot'} roll`, () => {
    expect([destroys(task), actionOf(task).bulk?.rolls ?? false]).toEqual([isDestructive, rolls])
  })

  test('knows by a reading whether a machine is as it wants it', () => {
    expect(
      [ON, OFF, RESTARTING, DELETED, null].map(
        (vm) => actionOf(task).isAchieved?.(vm) ?? (vm === null ? false : null),
      ),
    ).toEqual(wanted)
  })
})
