import { derived, writable } from 'svelte/store'
import { clearBase } from '../db/base'
import { announce } from '../db/changes'
import { setCurrentPhone, currentPhone } from '../db/current'
import { readMeta, writeMeta, type Me } from '../db/meta'
import { openPhone } from '../db/open'
import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import { leavePhone } from '../db/steady'
import { mayHaveSession } from '../net/csrf'
import { deleteSession, getMe, patchMe, postCodeConfirm, postCodeRequest, postLogin, type MeAnswer } from '../net/session'
import type { Member } from '../shapes/member'
import type { Organization } from '../shapes/organization'
import { setDeviceLanguage, type Language } from './device'
import { live, type Live } from './live'
import {
  isSessionToEnd,
  lastAccount,
  onAccountChange,
  pickedLanguage,
  rememberAccount,
  rememberPickedLanguage,
  rememberSessionToEnd,
} from './remembered'
import { present } from './present'
import { resumeSync, syncState } from './running'
import { resultOf, type SignInResult } from './signIn'
import { forgetWiped, leaveWiped, lookForWiped } from './wiped'

export type { SignInCode, SignInResult } from './signIn'

export type SessionPhase = 'starting' | 'signed_out' | 'first_sync' | 'ready'

export interface Session {
  phase: SessionPhase
  member?: Member
  organization?: Organization
  /** The server's session has ended; work goes on offline until the person signs in again. */
  isSignInNeeded: boolean
  email?: string
}

const isStarting = writable(true)

interface Known {
  me: Me | undefined
  member: Member | undefined
  organization: Organization | undefined
  isFilled: boolean
}

async function readKnown(db: Phone): Promise<Known> {
  const me = await readMeta(db, 'me')
  const isFilled = (await readMeta(db, 'first_sync'))?.isDone ?? false
  const member = (await byId(db, 'member', [db.memberId])).get(db.memberId) ?? me?.member
  const organization = (await byId(db, 'organization', [db.org])).get(db.org) ?? me?.organization
  return { me, member, organization, isFilled }
}

const known = live<Known, undefined>(readKnown, undefined)

function phaseOf(isBeginning: boolean, open: Known | undefined): SessionPhase {
  if (open !== undefined) return open.isFilled ? 'ready' : 'first_sync'
  // A database that is open and not read yet is no reason to show the way in.
  return isBeginning || currentPhone() !== undefined ? 'starting' : 'signed_out'
}

export const session: Live<Session> = derived([isStarting, known, syncState], ([isBeginning, open, sync]) => ({
  phase: phaseOf(isBeginning, open),
  isSignInNeeded: sync.phase === 'signed_out',
  ...present<Pick<Session, 'member' | 'organization' | 'email'>>({
    member: open?.member,
    organization: open?.organization,
    email: open?.me?.email,
  }),
}))

async function open(org: string, member: string): Promise<Phone> {
  const now = currentPhone()
  if (now?.org === org && now.memberId === member) return now
  const phone = await openPhone(org, member)
  setCurrentPhone(phone)
  if (now !== undefined) leavePhone(now)
  return phone
}

async function enter(me: MeAnswer): Promise<void> {
  const { member, organization, email, language } = me
  rememberSessionToEnd(false)
  forgetWiped()
  rememberAccount({ org: organization.id, member: member.id, email })
  if (pickedLanguage() !== undefined) void tellLanguage()
  else if (language === 'ko' || language === 'en') setDeviceLanguage(language)
  const wasOpen = currentPhone()
  const phone = await open(organization.id, member.id)
  await writeMeta(phone, 'me', { member, organization, email })
  if (wasOpen === phone) resumeSync()
}

/** Asks the server who is signed in, and goes over to them should it be somebody else than is at work here. */
async function recognize(): Promise<boolean> {
  const answer = await getMe()
  if (answer.kind !== 'ok') return false
  await enter(answer.message)
  return true
}

let ending: Promise<void> | undefined

async function endSession(): Promise<void> {
  const answer = await deleteSession()
  if (answer.kind === 'ok' || (answer.kind === 'problem' && answer.status === 401)) rememberSessionToEnd(false)
}

/** Once at a time: an end that was asked for must not come late and hit the session of whoever signs in next. */
async function endLeftSession(): Promise<void> {
  ending ??= endSession().finally(() => (ending = undefined))
  await ending
}

/** Whoever left without a network is still signed in at the server, and it lets nobody else in until that is over. */
async function beforeSignIn(): Promise<void> {
  await ending
  if (isSessionToEnd()) await endLeftSession()
}

/** What happens in another tab happens here: whoever leaves there has left here, whoever comes has come. */
async function followOtherTab(): Promise<void> {
  const last = lastAccount()
  const now = currentPhone()
  lookForWiped()
  if (last !== undefined) await open(last.org, last.member)
  else if (now !== undefined) {
    setCurrentPhone(undefined)
    leavePhone(now)
  }
}

/** Opens the database of whoever worked here last, without waiting for the network. */
export async function startSession(): Promise<void> {
  onAccountChange(() => void followOtherTab())
  const last = lastAccount()
  try {
    if (last !== undefined) await open(last.org, last.member)
    else if (isSessionToEnd()) await endLeftSession()
    else if (mayHaveSession()) await recognize()
  } finally {
    isStarting.set(false)
  }
  if (last !== undefined) await recognize()
}

async function afterSignIn(result: SignInResult): Promise<SignInResult> {
  if (!result.ok) return result
  return (await recognize()) ? result : { ok: false, code: 'unexpected' }
}

export async function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  await beforeSignIn()
  return afterSignIn(resultOf(await postLogin(email, password), 'password'))
}

export async function requestCode(email: string): Promise<SignInResult> {
  await beforeSignIn()
  return resultOf(await postCodeRequest(email), 'code_request')
}

export async function confirmCode(code: string): Promise<SignInResult> {
  return afterSignIn(resultOf(await postCodeConfirm(code), 'code_confirm'))
}

/** Ends the session and forgets the rows. What was written stays on the phone until its writer signs in again. */
export async function logOut(): Promise<void> {
  const phone = currentPhone()
  rememberAccount(undefined)
  rememberPickedLanguage(undefined)
  rememberSessionToEnd(true)
  setCurrentPhone(undefined)
  if (phone !== undefined) {
    await clearBase(phone)
    announce(phone, { isReset: true, rows: {} })
    leavePhone(phone)
  }
  await endLeftSession()
}

/** This phone was shut out and has forgotten its rows: nobody is at work here any more. */
export async function afterWipe(unsent: number): Promise<void> {
  await leaveWiped(unsent)
  await endLeftSession()
}

/** Says it again at every start and sign-in until the server has taken it. */
async function tellLanguage(): Promise<void> {
  const language = pickedLanguage()
  if (language === undefined) return
  const answer = await patchMe(language)
  if (answer.kind === 'ok' && pickedLanguage() === language) rememberPickedLanguage(undefined)
}

/** Also on the sign-in page, where nobody can be told yet: whoever signs in there has picked it. */
export function setLanguage(language: Language): void {
  setDeviceLanguage(language)
  rememberPickedLanguage(language)
  if (currentPhone() !== undefined) void tellLanguage()
}
