import { rule } from './rule.ts'

type Flags = { power_on: boolean; autoreboot_on: boolean }
type PowerRow = { put: Partial<Flags>; before: Flags; atOnce: Flags; afterwards: Flags }

const on = { power_on: true, autoreboot_on: false }
const onAgain = { power_on: true, autoreboot_on: true }
const off = { power_on: false, autoreboot_on: false }
const offAgain = { power_on: false, autoreboot_on: true }

const row = (before: Flags, put: Partial<Flags>, atOnce: Flags, afterwards: Flags): PowerRow => ({
  before,
  put,
  atOnce,
  afterwards,
})

/** The truth table of the power flags: what a PUT makes of a machine, at once and when everything is done. */
export const powerTable = [
  rule(7, ['seed'], 'start', row(off, { autoreboot_on: true, power_on: true }, offAgain, onAgain)),
  rule(7, ['python'], 'start, and leave autoreboot alone', row(off, { power_on: true }, off, on)),
  rule(7, ['seed'], 'start by autoreboot alone', row(off, { autoreboot_on: true }, offAgain, onAgain)),
  rule(7, ['seed'], 'stop', row(onAgain, { autoreboot_on: false, power_on: false }, off, off)),
  rule(7, ['seed'], 'stop what would not come back', row(on, { power_on: false }, off, off)),
  rule(7, ['seed'], 'reboot', row(onAgain, { autoreboot_on: true, power_on: false }, offAgain, onAgain)),
  rule(
    7,
    ['seed'],
    'reboot what would not come back',
    row(on, { autoreboot_on: true, power_on: false }, offAgain, onAgain),
  ),
  rule(7, ['seed'], 'reboot by power alone', row(onAgain, { power_on: false }, offAgain, onAgain)),
  rule(7, ['client'], 'leave the power alone', row(onAgain, { autoreboot_on: false }, on, on)),
  rule(7, ['client'], 'off already', row(off, { autoreboot_on: false, power_on: false }, off, off)),
  rule(7, ['client'], 'on already', row(onAgain, { autoreboot_on: true, power_on: true }, onAgain, onAgain)),
  rule(7, ['client'], 'change nothing', row(onAgain, {}, onAgain, onAgain)),
]

/** What BigV does with a machine by itself. */
export const power = {
  startsByItself: rule(
    7,
    ['seed', 'docs'],
    'BigV starts a machine whenever it is off and has autoreboot_on; a deleted one stays down',
    (machine: Flags & { deleted: boolean }): boolean =>
      machine.autoreboot_on && !machine.power_on && !machine.deleted,
  ),
  startsWhenNew: rule(
    7,
    ['seed', 'client'],
    'A new machine is started by either flag',
    (flags: Flags): boolean => flags.power_on || flags.autoreboot_on,
    'The notes know power_on only; the official client sends autoreboot_on only, and expects it to come up',
  ),
  afterReimage: rule(7, ['docs'], 'A re-imaged machine is on, and its autoreboot_on is false', {
    autoreboot_on: false,
  }),
  afterDelete: rule(
    7,
    ['seed', 'choice'],
    'A deleted machine is off, and still so when it is undeleted: autoreboot_on is false, else it would be started',
    { deleted: true, autoreboot_on: false },
  ),
} as const
