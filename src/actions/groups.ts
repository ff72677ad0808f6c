import { groupPath, groupsPath, type GroupContents } from '../api/groups.ts'
import type { CommandWords, SentCommand } from './cli.ts'
import { post, put, type Target } from './requests.ts'
import { resourceAction } from './resource-action.ts'

interface OfGroup {
  account: string
  id: number
  /** The group's name, as the user saw it. */
  name: string
}

export const createGroup = resourceAction({
  name: 'create_group',
  on: 'new group',
  label: 'Create group',
  done: (name) => `Group ${name} created`,
  shownIn: {
    resource: 'groups',
    of: ({ account }) => ({ account }),
    isDone: (groups, { name }: Pick<OfGroup, 'name'>) => groups.some((each) => each.name === name),
  },
  target: groupTarget,
  requests: ({ account, name }: Omit<OfGroup, 'id'>) => [post(groupsPath(account), { name })],
  disabledReason: (groups, { name }) =>
    groups.some((each) => each.name === name) ? `A group called ${name} has since been created.` : null,
  expects: ({ name }) => ({ name }),
  contradiction: ({ name }) => notCalled(name),
  cli: onGroup('add group'),
})

export const renameGroup = resourceAction({
  name: 'rename_group',
  on: 'group',
  label: 'Rename group',
  done: (name) => `Group ${name} renamed`,
  shownIn: {
    resource: 'groups',
    of: ({ account }) => ({ account }),
    isDone: (groups, { id, to }: { id: number; to: string }) =>
      groups.some((each) => each.id === id && each.name === to),
  },
  target: groupTarget,
  requests: ({ account, id, to }: OfGroup & { to: string }) => [put(groupPath(account, id), { name: to })],
  disabledReason(groups, { id, name, to }) {
    if (groups.some((each) => each.name === to)) return `A group called ${to} has since been created.`
    const same = groups.some((each) => each.id === id && each.name === name)
    return same ? null : `The group ${name} no longer exists.`
  },
  expects: ({ id, to }) => ({ id, to }),
  contradiction: ({ to }) => notCalled(to),
  cli: null,
})

export const deleteGroup = resourceAction({
  name: 'delete_group',
  on: 'group',
  label: 'Delete group',
  done: (name) => `Group ${name} deleted`,
  shownIn: {
    resource: 'contents',
    of: ({ account }, { id }: { id: number }) => ({ account, id }),
    isDone: (contents) => contents === null,
  },
  // A group that was empty in the dialog may have a machine by the time of sending.
  fetchFirst: true,
  target: groupTarget,
  requests: ({ account, id }: OfGroup) => [{ method: 'DELETE', path: groupPath(account, id) }],
  disabledReason(contents, { name }) {
    if (contents === null) return `The group ${name} no longer exists.`
    return contents.name === name ? notEmptyReason(contents) : `The group is now called ${contents.name}.`
  },
  expects: ({ id }) => ({ id }),
  contradiction: () => 'BigV accepted the request, but the group is still there.',
  cli: onGroup('delete group'),
})

/**
 * Why a group with these contents can't be deleted, or null. BigV refuses to delete a group with machines, and deleted machines count until
 * they are purged (docs/bigv-api.md#6-groups).
 */
export function notEmptyReason({
  machines,
  deleted,
}: Pick<GroupContents, 'machines' | 'deleted'>): string | null {
  if (machines === 0) return null
  const kept = machines - deleted
  if (deleted === 0) return `Not empty: it contains ${counted(kept)}.`
  const purge = 'Deleted machines count until you purge them.'
  if (kept === 0) return `Not empty: it contains ${counted(deleted, 'deleted ')}. ${purge}`
  return `Not empty: it contains ${counted(kept)} and ${counted(deleted, 'deleted ')}. ${purge}`
}

function counted(count: number, what = ''): string {
  return count === 1 ? `1 ${what}machine` : `${count} ${what}machines`
}

function groupTarget({ account, name }: Pick<OfGroup, 'account' | 'name'>): Target {
  return { account, group: name, id: null, name }
}

function notCalled(name: string): string {
  return `BigV accepted the request, but doesn’t list the group ${name}.`
}

function onGroup(command: string) {
  return ({ group }: SentCommand): CommandWords => [...command.split(' '), group]
}
