import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentUser } from '../../lib/persisted.ts'
import { createStore } from '../../lib/store.ts'

/** A generated root password of a new machine, until the user confirms having copied it. */
export interface NewPassword extends GroupRef {
  name: string
  password: string
}

// In memory only: passwords are neither stored nor shared with other tabs, and are dropped when the user changes.
const store = createStore<readonly NewPassword[]>([])
currentUser.subscribe(() => store.set([]))
// The passwords exist nowhere else, so the browser asks before the page is closed.
askBeforeClosing(() => store.get().length > 0)

/**
 * Keeps the password that this user sent with a new machine. Replaces an earlier password for the same name. If another user is signed in
 * when the answer arrives, the password is dropped.
 */
export function keepNewPassword(entry: NewPassword, username: string): void {
  if (currentUser.get() !== username) return
  store.set((all) => [...all.filter((other) => !isSame(other, entry, entry.name)), entry])
}

/** Drops a machine's password, because the user has copied it or the machine wasn't created. */
export function forgetNewPassword(ref: GroupRef, name: string): void {
  const left = store.get().filter((entry) => !isSame(entry, ref, name))
  if (left.length < store.get().length) store.set(left)
}

/** The passwords of new machines that the user hasn't copied yet, oldest first. */
export const newPasswords = store.get

export const useNewPasswords = store.use

/** The new password of this machine, if any. */
export function newPasswordOf(list: readonly NewPassword[], ref: GroupRef, name: string): string | null {
  return list.find((entry) => isSame(entry, ref, name))?.password ?? null
}

function isSame(entry: NewPassword, { account, group }: GroupRef, name: string): boolean {
  return entry.account === account && entry.group === group && entry.name === name
}
