/** Where a machine's list lives: the path of BigV's own API, so that either can be pasted from the other. */
export interface GroupRef {
  account: string
  group: string
}

// Halves of characters have no encoding; BigV would have to have such a name for one to come here.
const segment = (text: string | number) => encodeURIComponent(String(text).toWellFormed())

/** The pattern of a machine's page, for the router and for whoever needs to know which machine is shown. */
export const MACHINE_PAGE = '/accounts/:account/groups/:group/virtual_machines/:vm'

/** The dashboard's own pages. From names or ids, every segment encoded. */
export const links = {
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  /** Goes on to a group of the account: the one last looked at, if any. */
  machinesOf: (account: string) => `/?account=${segment(account)}`,
  account: (account: string) => `/accounts/${segment(account)}`,
  allMachines: (account: string) => `/accounts/${segment(account)}/virtual_machines`,
  searchAll: (account: string, search: string) =>
    `${links.allMachines(account)}?${new URLSearchParams({ q: search })}`,
  machines: ({ account, group }: GroupRef) =>
    `/accounts/${segment(account)}/groups/${segment(group)}/virtual_machines`,
  deletedMachines: (ref: GroupRef) => `${links.machines(ref)}?deleted=only`,
  machine: (ref: GroupRef, vm: string | number) => `${links.machines(ref)}/${segment(vm)}`,
  machineTab: (ref: GroupRef, vm: string | number, tab: string) => `${links.machine(ref, vm)}?tab=${tab}`,
  /** Where keys are put together for a machine. */
  machineKeys: (ref: GroupRef, vm: string | number) => links.machineTab(ref, vm, 'keys'),
  create: ({ account, group }: GroupRef) =>
    `/accounts/${segment(account)}/groups/${segment(group)}/vm_create`,
  /** The wizard, filled in for another machine like this one. */
  duplicate: (ref: GroupRef, id: number) => `${links.create(ref)}?from=${id}`,
  /** The results of a batch of new machines. */
  createdBatch: (ref: GroupRef, key: string) => `${links.create(ref)}?run=${segment(key)}`,
  activity: () => '/activity',
  platform: () => '/platform',
  keys: () => '/keys',
  privileges: () => '/privileges',
  accountPrivileges: (account: string) => `/accounts/${segment(account)}/privileges`,
  groupPrivileges: ({ account, group }: GroupRef) =>
    `/accounts/${segment(account)}/groups/${segment(group)}/privileges`,
}

/** The group whose list a path of the dashboard shows, or null. */
export function groupOfListPath(path: string): GroupRef | null {
  const [, account, group] = /^\/accounts\/([^/]+)\/groups\/([^/]+)\/virtual_machines$/.exec(path) ?? []
  if (account === undefined || group === undefined) return null
  try {
    return { account: decodeURIComponent(account), group: decodeURIComponent(group) }
  } catch {
    return null // no text has this encoding
  }
}

/** The `next` of a sign-in link, if it is a page of this origin, else null: it must not lead elsewhere (phishing). */
export function safeNext(next: string | null, origin: string): string | null {
  if (next === null || !next.startsWith('/')) return null
  try {
    const url = new URL(next, origin)
    if (url.origin !== origin) return null
    const path = `${url.pathname}${url.search}${url.hash}`
    return path.startsWith('//') || path.startsWith('/sign-in') ? null : path
  } catch {
    return null
  }
}
