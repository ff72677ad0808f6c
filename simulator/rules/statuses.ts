import { rule } from './rule.ts'

/** Statuses of what was done. Those of refusals stand in refusals.ts. */
export const statuses = {
  post: rule(
    3,
    ['docs'],
    'POST of a group, disc, user, privilege, account or backup: the new resource',
    201,
    'fog wants 200 here; the notes say 201, which the official client and the Python one take too',
  ),
  creation: rule(
    3,
    ['seed', 'fog', 'terraform'],
    'POST to virtual_machines and vm_create: made in the background',
    202,
  ),
  inCreation: rule(3, ['terraform'], 'GET of a machine that is still being made', 202),
  command: rule(
    3,
    ['docs', 'fog'],
    'POST of signal, reimage and ip_create',
    200,
    '201 by the rule for POSTs in general; 200 by the documents of ip_create, and fog accepts no other',
  ),
  removed: rule(
    3,
    ['docs', 'fog', 'terraform'],
    'DELETE: no body',
    204,
    'fog wants 200 when a privilege is deleted; the notes know one status for all',
  ),
} as const

/** What fog insists on instead of these, for a simulator that is started for it. */
export const fogStatuses = [
  rule(12, ['fog'], 'Plain POSTs are answered with 200', {
    method: 'POST',
    path: /^/,
    instead: 201,
    status: 200,
  }),
  rule(12, ['fog'], 'The DELETE of a privilege is answered with 200', {
    method: 'DELETE',
    path: /^\/privileges\//,
    instead: 204,
    status: 200,
  }),
]
