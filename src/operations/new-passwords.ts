import { useSyncExternalStore } from 'react'
import { externalStore } from '../lib/external-store.ts'
import type { GroupRef } from '../lib/links.ts'
import { currentSession, subscribeSession } from '../session/session.ts'

/** A root password that was made up for a new machine, until the user has said that he has it. */
export interface NewPassword extends GroupRef {
  name: string
  password: string
}

// In memory alone: neither stored nor shared with other tabs, and gone with the user.
const store = externalStore<readonly NewPassword[]>([])
let user: string | undefined
let following = false

/** Keeps a password that was sent with a new machine, in place of an earlier one for that name. */
export function keepNewPassword(entry: NewPassword): void {
  if (!following) follow()
  user = currentSession().credentials?.username
  set([...store.get().filter((other) => !isSame(other, entry, entry.name)), entry])
}

/** Forgets the password of a machine: the user has it, or the machine was not made. */
export function forgetNewPassword(ref: GroupRef, name: string): void {
  set(store.get().filter((entry) => !isSame(entry, ref, name)))
}

/** The passwords of new machines that are still to be shown, oldest first. */
export const newPasswords = store.get

/** The same, followed by the component that calls this. */
export function useNewPasswords(): readonly NewPassword[] {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** The one of this machine, if any. */
export function newPasswordOf(list: readonly NewPassword[], ref: GroupRef, name: string): string | null {
  return list.find((entry) => isSame(entry, ref, name))?.password ?? null
}

function isSame(entry: NewPassword, { account, group }: GroupRef, name: string): boolean {
  return entry.account === account && entry.group === group && entry.name === name
}

function set(next: readonly NewPassword[]): void {
  if (next.length === store.get().length && next.every((entry, at) => entry === store.get()[at])) return
  store.set(next)
}

function follow(): void {
  following = true
  subscribeSession(() => {
    if (currentSession().credentials?.username !== user) store.set([])
  })
  // They are nowhere else: whoever closes the page is asked.
  globalThis.addEventListener?.('beforeunload', (event) => {
    if (store.get().length > 0) event.preventDefault()
  })
}
