import { describe, expect, test } from 'vitest'
import { sendKeys } from '../../actions/keys.ts'
import { STATES } from '../../api/testing/machines.ts'
import { offerFor, offerStateOf, phoneOfferFor, type Offer, type Offered } from './controls.ts'

const labels = (actions: readonly Offered[]) => actions.map(({ label }) => label)

/** How many clicks each action takes. Send keys is a menu, so its first click sends nothing. */
function clicks({ buttons, whole, power }: Offer): Record<string, number> {
  const inMenus = [...buttons.flatMap(({ menu = [] }) => menu), ...whole, ...power]
  return Object.fromEntries([
    ...inMenus.map(({ label }) => [label, 2]),
    ...buttons.map(({ action }) => [action.label, action === sendKeys ? 2 : 1]),
  ])
}

test.each([
  ['running', ['Shut down', 'Restart', 'Send keys']],
  ['running, to stay off', ['Shut down', 'Restart', 'Send keys']],
  ['restarting', ['Force stop']],
  ['stopped', ['Start', 'Re-image']],
  ['creating', []],
  ['deleted', ['Undelete', 'Purge']],
  ['deleted, but on', ['Undelete', 'Purge']],
] as const)('a machine that is %s has the buttons %s', (name, buttons) => {
  const offer = offerFor(offerStateOf(STATES[name]))
  expect(labels(offer.buttons.map(({ action }) => action))).toEqual(buttons)
})

test('the menus beside Shut down and Restart have the forced actions', () => {
  const menus = offerFor('running').buttons.map(({ menu }) => labels(menu ?? []))
  expect(menus).toEqual([['Shut down', 'Force stop'], ['Restart', 'Force reboot', 'Reset'], []])
})

// Start, Stop, Reboot, powerdown, reset and sendkey in the API notes. Stop and Reboot are called Force stop and Force reboot here.
const VERBS = ['Start', 'Force stop', 'Force reboot', 'Shut down', 'Reset', 'Send keys']

describe.each(['running', 'stopped', 'restarting', 'creating', 'deleted'] as const)('while %s', (state) => {
  test.each([
    ['on a wide screen', offerFor(state)],
    ['on a phone', phoneOfferFor(state)],
  ])('every verb of the API notes takes two clicks at most %s', (_, offer) => {
    const needed = clicks(offer)
    for (const verb of VERBS) expect(needed[verb], verb).toBeLessThanOrEqual(2)
  })

  test('every possible action has its place, and none has two', () => {
    const { buttons, whole, power } = offerFor(state)
    const all = [
      ...buttons.map(({ action }) => action),
      ...buttons.flatMap(({ menu = [] }) => menu.slice(1)),
      ...whole,
      ...power,
    ]
    expect(labels(all).toSorted()).toEqual(
      [
        ...VERBS,
        'Restart',
        'Re-image',
        'Start rescue',
        state === 'deleted' ? 'Undelete' : 'Delete',
        'Purge',
      ].toSorted(),
    )
  })
})

test.each([
  ['running', ['Shut down']],
  ['stopped', ['Start']],
  ['restarting', ['Force stop']],
  ['creating', []],
  ['deleted', ['Undelete']],
] as const)('a phone’s bar has the button that the state %s calls for: %s', (state, buttons) => {
  expect(labels(phoneOfferFor(state).buttons.map(({ action }) => action))).toEqual(buttons)
})

test.each([
  ['running', false],
  ['stopped', true],
  ['restarting', false],
  ['deleted', true],
] as const)('only Start and Undelete are blue: the button of the state %s: %s', (state, isMain) => {
  const offers = [offerFor(state), phoneOfferFor(state)]
  expect(offers.map(({ buttons }) => buttons[0]?.main === true)).toEqual([isMain, isMain])
})
