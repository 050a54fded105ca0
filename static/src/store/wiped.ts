import { writable } from 'svelte/store'
import { currentPhone, setCurrentPhone } from '../db/current'
import { markLetGo } from '../db/marker'
import { openPhone, phoneName } from '../db/open'
import { leavePhone } from '../db/steady'
import { removePhone } from '../db/wipe'
import { unsentFile } from './exportFile'
import type { Live } from './live'
import { rememberAccount, rememberSessionToEnd, rememberWiped, wipedAccount, type WipedAccount } from './remembered'

const known = writable<WipedAccount | undefined>(wipedAccount())

/** Why nobody is at work here: this phone was shut out. `unsent` is what the server would not take. */
export const wiped: Live<WipedAccount | undefined> = { subscribe: known.subscribe }

/** Another tab may have written it. */
export function lookForWiped(): void {
  known.set(wipedAccount())
}

export function forgetWiped(): void {
  rememberWiped(undefined)
  lookForWiped()
}

/** The phone has forgotten its member: so does the page. The database goes, too, once there is nothing in it to save. */
export async function leaveWiped(unsent: number): Promise<void> {
  const phone = currentPhone()
  if (phone === undefined) return
  const { org, memberId: member } = phone
  rememberWiped({ org, member, unsent })
  rememberAccount(undefined)
  rememberSessionToEnd(true)
  lookForWiped()
  setCurrentPhone(undefined)
  leavePhone(phone)
  if (unsent === 0) await removePhone(phoneName(org, member))
}

/** What could not be handed in, as the file an administrator takes in. */
export async function exportWiped(): Promise<Blob> {
  const account = wipedAccount()
  if (account === undefined) throw new Error('nothing was kept')
  const phone = await openPhone(account.org, account.member)
  try {
    return await unsentFile(phone)
  } finally {
    leavePhone(phone)
  }
}

/** Its person has the file: the rest goes, too. With it this phone would be shut out again at every sign-in. */
export async function letGoWiped(): Promise<void> {
  const account = wipedAccount()
  if (account === undefined) return
  const phone = await openPhone(account.org, account.member)
  markLetGo(phone)
  leavePhone(phone)
  await removePhone(phone.name)
  rememberWiped({ ...account, unsent: 0, isLetGo: true })
  lookForWiped()
}
