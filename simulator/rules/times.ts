import { rule } from './rule.ts'

/** Milliseconds of life that BigV and its guests take; the simulator's speed divides them. */
export const times = {
  start: rule(
    7,
    ['seed', 'choice'],
    'Turning a machine on; the PUT answers when it is on, as calls block until they are done',
    3_000,
  ),
  notice: rule(7, ['seed', 'choice'], 'Until BigV notices that a machine with autoreboot_on is off', 4_000),
  shutdown: rule(
    7,
    ['docs', 'choice'],
    'Until a guest has shut down after powerdown: at least, and at most',
    {
      min: 8_000,
      max: 25_000,
    },
  ),
  reimage: rule(7, ['seed', 'choice'], 'Installing a system; the POST answers when it is done', 20_000),
  creation: rule(7, ['fog', 'choice'], 'Building a machine: each of its phases', {
    reserving: 2_000,
    discs: 4_000,
    imaging: 35_000,
    starting: 3_000,
  }),
} as const
