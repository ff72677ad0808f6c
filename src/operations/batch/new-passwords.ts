import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentUser } from '../../lib/persisted.ts'
import { createStore } from '../../lib/store.ts'

/** A root password that was made up for a new machine, until the user has said that they have it. */
export interface NewPassword extends GroupRef {
  name: string
  password: string
}

// In memory alone: neither stored nor shared with other tabs, and gone with the user.
const store = createStore<readonly NewPassword[]>([])
currentUser.subscribe(() => store.set([]))
// They are nowhere else: whoever closes the page is asked.
askBeforeClosing(() => store.get().length > 0)

/**
 * Keeps a password that this user sent with a new machine, in place of an earlier one for that name. An answer may come when another
 * user is signed in: then it is kept for nobody.
 */
export function keepNewPassword(entry: NewPassword, username: string): void {
  if (currentUser.get() !== username) return
  store.set((all) => [...all.filter((other) => !isSame(other, entry, entry.name)), entry])
}

/** Forgets the password of a machine: the user has it, or the machine was not made. */
export function forgetNewPassword(ref: GroupRef, name: string): void {
  const left = store.get().filter((entry) => !isSame(entry, ref, name))
  if (left.length < store.get().length) store.set(left)
}

/** The passwords of new machines that are still to be shown, oldest first. */
export const newPasswords = store.get

/** The same, followed by the component that calls this. */
export const useNewPasswords = store.use

/** The one of this machine, if any. */
export function newPasswordOf(list: readonly NewPassword[], ref: GroupRef, name: string): string | null {
  return list.find((entry) => isSame(entry, ref, name))?.password ?? null
}

function isSame(entry: NewPassword, { account, group }: GroupRef, name: string): boolean {
  return entry.account === account && entry.group === group && entry.name === name
}
