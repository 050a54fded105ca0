import type { Member } from '../shapes/member'
import type { Organization } from '../shapes/organization'
import type { Live } from './live'

export type SessionPhase = 'starting' | 'signed_out' | 'first_sync' | 'ready'

export interface Session {
  phase: SessionPhase
  member?: Member
  organization?: Organization
  /** The server's session has ended; work goes on offline until the person signs in again. */
  isSignInNeeded: boolean
  email?: string
}

export type SignInCode = 'wrong' | 'offline' | 'too_many' | 'code_expired' | 'unexpected'
export type SignInResult = { ok: true } | { ok: false; code: SignInCode }

export declare const session: Live<Session>
export declare function signInWithPassword(email: string, password: string): Promise<SignInResult>
export declare function requestCode(email: string): Promise<SignInResult>
export declare function confirmCode(code: string): Promise<SignInResult>
export declare function logOut(): Promise<void>
export declare function setLanguage(language: 'ko' | 'en'): void
