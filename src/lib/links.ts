/** A group, as named in paths. The dashboard has the same paths as BigV's API, so users can paste one into the other. */
export interface GroupRef {
  account: string
  group: string
}

// A lone surrogate can't be encoded. Only a name from BigV could contain one.
const segment = (text: string | number) => encodeURIComponent(String(text).toWellFormed())

/** The route of a machine's page. Also used to find out which machine is on screen. */
export const MACHINE_PAGE = '/accounts/:account/groups/:group/virtual_machines/:vm'

/** Links to the dashboard's pages, from names or ids. Every segment is encoded. */
export const links = {
  signIn: (next?: string) => (next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in'),
  /** Redirects to the account's last viewed group, or to any group if none was viewed. */
  machinesOf: (account: string) => `/?account=${segment(account)}`,
  account: (account: string) => `/accounts/${segment(account)}`,
  allMachines: (account: string) => `/accounts/${segment(account)}/virtual_machines`,
  searchAll: (account: string, search: string) =>
    `${links.allMachines(account)}?${new URLSearchParams({ q: search })}`,
  machines: ({ account, group }: GroupRef) =>
    `/accounts/${segment(account)}/groups/${segment(group)}/virtual_machines`,
  /** A group's list, filtered by a search. */
  search: (ref: GroupRef, search: string) => `${links.machines(ref)}?${new URLSearchParams({ q: search })}`,
  deletedMachines: (ref: GroupRef) => `${links.machines(ref)}?q=is:deleted`,
  machine: (ref: GroupRef, vm: string | number) => `${links.machines(ref)}/${segment(vm)}`,
  machineTab: (ref: GroupRef, vm: string | number, tab: string) => `${links.machine(ref, vm)}?tab=${tab}`,
  /** The tab for composing key presses for a machine. */
  machineKeys: (ref: GroupRef, vm: string | number) => links.machineTab(ref, vm, 'keys'),
  create: ({ account, group }: GroupRef) =>
    `/accounts/${segment(account)}/groups/${segment(group)}/vm_create`,
  /** The wizard, filled in with this machine's values. */
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

/** The router's state for an address that the user typed or pasted before signing in. */
export const TYPED = 'typed'

/** The group in the path of a list; null for any other path. */
export function groupOfListPath(path: string): GroupRef | null {
  const [, account, group] = /^\/accounts\/([^/]+)\/groups\/([^/]+)\/virtual_machines$/.exec(path) ?? []
  if (account === undefined || group === undefined) return null
  try {
    return { account: decodeURIComponent(account), group: decodeURIComponent(group) }
  } catch {
    return null // invalid percent-encoding
  }
}

/**
 * The `next` parameter of a sign-in link, or null unless it is a page of this origin: the link must not lead to another site (phishing).
 */
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
