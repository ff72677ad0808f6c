import { rule } from './rule.ts'

/** What the documents list as words that may be sent, besides the definitions. */
export const words = {
  signals: rule(7, ['seed'], 'Signals', ['powerdown', 'reset', 'sendkey']),
  noSystem: rule(11, ['terraform'], 'A distribution that installs nothing; not listed', 'none'),
  defaultZone: rule(7, ['fixture'], 'Zone of a machine when it is not said; not listed', 'default'),
  levels: rule(10, ['docs'], 'Levels of privileges, low to high', [
    'vm_console',
    'vm_admin',
    'group_admin',
    'account_admin',
    'cluster_admin',
    'cluster_su',
  ] as const),
  firstGroup: rule(5, ['docs'], 'The group that every account starts with', 'default'),
} as const
