import { expect, test } from 'vitest'
import { bind, type MachineAction } from './action.ts'
import { autorebootTo } from './autoreboot.ts'
import { formAction, newMachineAction, simpleAction } from './declare.ts'
import { stop } from './forced.ts'
import { actions, machineActions, nameOf } from './index.ts'
import { reimage } from './lifecycle.ts'
import { start } from './power.ts'
import { resourceAction } from './resource-action.ts'

test('every action is found by its name', () => {
  for (const [name, action] of Object.entries(actions)) {
    expect(action.name).toBe(name)
    expect(nameOf(action)).toBe(name)
  }
})

test('“Turn on” and “Turn off automatic restart” write different values', () => {
  const vm = { id: 1, autoreboot_on: false }
  const ref = { account: 'a', group: 'g' }
  const written = [true, false].map((on) => bind(autorebootTo(on)).requests(ref, vm)[0]?.body)
  expect(written).toEqual([{ autoreboot_on: true }, { autoreboot_on: false }])
})

// Type checks only: this function never runs.
export function types(action: MachineAction): void {
  bind(stop)
  bind(start)
  bind(start, { autoreboot_on: false })
  bind(reimage, { distribution: 'trixie' })
  // @ts-expect-error -- needs an image
  bind(reimage)
  // @ts-expect-error -- an image has a distribution
  bind(reimage, { image: 'trixie' })
  // @ts-expect-error -- Stop takes no params
  bind(stop, { autoreboot_on: false })
  // @ts-expect-error -- the params of an arbitrary action are unknown
  action.requests({ path: '', vm: { id: 1, autoreboot_on: true } }, {})
  // @ts-expect-error -- lacks `loses`, `watch` and so on
  simpleAction({ name: 'x', label: 'X' })
  formAction({
    name: 'y',
    label: 'Y',
    inProgress: null,
    done: (name) => `${name} is y`,
    menu: null,
    loses: 'nothing',
    disabledReason: () => null,
    requests: (_, count: number) => [{ method: 'POST', path: String(count) }],
    expects: (count) => ({ count: count + 1 }),
    // @ts-expect-error -- `expected` has a count, but no size
    watch: { overdueAfter: 1, isDone: ({ expected }) => expected.size === expected.count },
    accountsFor: () => false,
    powersOff: false,
    cli: null,
  })
  // @ts-expect-error -- lacks `watch`
  newMachineAction({
    name: 'z',
    label: 'Z',
    inProgress: null,
    done: (name) => `${name} is z`,
    cli: null,
    disabledReason: () => null,
    requests: () => [],
    expects: () => null,
  })
  // @ts-expect-error -- lacks `contradiction`
  resourceAction({
    name: 'w',
    on: 'user',
    label: 'W',
    done: (name) => `${name} is w`,
    cli: null,
    shownIn: { resource: 'user', of: () => ({ id: 1 }), isDone: () => true },
    expects: () => ({}),
    target: () => ({ account: '', group: '', id: null, name: '' }),
    requests: () => [],
    disabledReason: () => null,
  })
  // @ts-expect-error -- no such action
  void machineActions.explode
}
