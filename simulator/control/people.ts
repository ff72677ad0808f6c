import type { Brain } from '../brain.ts'
import { addStandingMachine } from '../fleet/machines.ts'
import { addUser, grant } from '../fleet/users.ts'
import { refusal } from '../http/refusal.ts'
import { words } from '../rules/words.ts'
import type { Id, Level } from '../state/records.ts'
import type { NewAccount, NewUser, WantedAccount, WantedMachine, WantedUser } from './types.ts'

const modhex = 'cbdefghijklnrtuv'

/** Returns a one-time password as a Yubikey would type it, made from a number. */
const otpFrom = (number: number): string =>
  number
    .toString(16)
    .padStart(44, '0')
    .replace(/./g, (digit) => modhex[Number.parseInt(digit, 16)] ?? '')

const newUser = (brain: Brain, account: Id, level: Level, otpRequired: boolean): NewUser => {
  const { store } = brain
  const number = store.users.lastId + 1
  const user = addUser(store, `user${number}`, `password${number}`)
  grant(store, user, level, { account }, { yubikey_required: otpRequired })
  const otp = otpRequired ? otpFrom(number) : null
  return { username: user.username, password: `password${number}`, otp }
}

/** Adds an account with groups, machines and a user of its own who is its admin. */
export const newAccount = (brain: Brain, wanted: WantedAccount): NewAccount => {
  const { store } = brain
  const id = store.accounts.nextId()
  const account = store.accounts.put({ id, name: wanted.name ?? `account${id}`, suspended: false })
  const names = new Set([words.firstGroup.value, ...(wanted.groups ?? [])])
  for (const { group } of wanted.machines ?? []) if (group) names.add(group)
  const groups = [...names].map((name) =>
    store.groups.put({
      id: store.groups.nextId(),
      account_id: id,
      name,
      vlan_num: wanted.vlans?.[name] ?? null,
    }),
  )
  const machines = (wanted.machines ?? []).map((machine) => newMachine(brain, id, machine))
  return {
    ...newUser(brain, id, 'account_admin', wanted.otpRequired ?? false),
    id,
    account: account.name,
    groups: groups.map((group) => ({ id: group.id, name: group.name })),
    machines,
  }
}

/** Adds a machine to an account's group, and returns where it is. */
export const newMachine = (
  brain: Brain,
  accountId: Id,
  wanted: WantedMachine,
): NewAccount['machines'][number] => {
  const { group: groupName = words.firstGroup.value, ...machine } = wanted
  const group = brain.store.groups.by('account', accountId).find((each) => each.name === groupName)
  if (!group) throw refusal('missing')
  const { id, name } = addStandingMachine(brain, group, {
    distribution: 'wheezy',
    discs: [{ size: 25 * 1024 }],
    ...machine,
  })
  return { id, name, group: groupName }
}

/** Adds a user with one privilege over an account. */
export const newColleague = (brain: Brain, wanted: WantedUser): NewUser => {
  const [account] = brain.store.accounts.by('name', wanted.account.toLowerCase())
  if (!account) throw refusal('missing')
  return newUser(brain, account.id, wanted.level, wanted.otpRequired ?? false)
}
