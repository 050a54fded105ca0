import { isFields, text, type Fields } from '../shapes/fields'
import { readMember, type Member } from '../shapes/member'
import { readOrganization, type Organization } from '../shapes/organization'
import { forgetCsrf, sendSigned } from './csrf'
import { send, type Answer } from './http'
import { understood, type Understood } from './understood'

export interface MeAnswer {
  member: Member
  organization: Organization
  email: string
  language: string
}

function readMe(value: unknown): MeAnswer | undefined {
  if (!isFields(value) || !isFields(value.member) || !isFields(value.organization)) return undefined
  const { member, organization } = value as { member: Fields; organization: Fields }
  if (typeof member.id !== 'string' || typeof organization.id !== 'string') return undefined
  return {
    member: readMember(member.id, member),
    organization: readOrganization(organization.id, organization),
    email: text(value, 'email'),
    language: text(value, 'language'),
  }
}

export async function getMe(): Promise<Understood<MeAnswer>> {
  return understood(await send({ method: 'GET', path: '/api/v1/me/' }), readMe)
}

export async function patchMe(language: 'ko' | 'en'): Promise<Answer> {
  return sendSigned({ method: 'PATCH', path: '/api/v1/me/', body: { language } })
}

export async function postLogin(email: string, password: string): Promise<Answer> {
  return signingIn('/login', { email, password })
}

export async function postCodeRequest(email: string): Promise<Answer> {
  return signingIn('/code/request', { email })
}

export async function postCodeConfirm(code: string): Promise<Answer> {
  return signingIn('/code/confirm', { code })
}

export async function deleteSession(): Promise<Answer> {
  const answer = await sendSigned({ method: 'DELETE', path: '/_allauth/browser/v1/auth/session' })
  forgetCsrf()
  return answer
}

async function signingIn(step: string, body: Record<string, string>): Promise<Answer> {
  const answer = await sendSigned({ method: 'POST', path: `/_allauth/browser/v1/auth${step}`, body })
  // A new session has a new token.
  if (answer.kind === 'ok') forgetCsrf()
  return answer
}
