import { readConsolePage, readParkedShape, readPhoneShape, readRescued, type ConsolePage, type ParkedShape, type PhoneShape, type Rescued } from '../shapes/console'
import type { Fields } from '../shapes/fields'
import { sendSigned } from './csrf'
import { send, type Answer } from './http'
import { pathOf } from './page'
import { understood, type Understood } from './understood'

const PAGE = 200

function pageOf(next: string | undefined, first: string): string {
  return next === undefined ? `${first}?limit=${PAGE}` : pathOf(next)
}

export async function getParked(next?: string): Promise<Understood<ConsolePage<ParkedShape>>> {
  const answer = await send({ method: 'GET', path: pageOf(next, '/api/v1/parked/') })
  return understood(answer, (body) => readConsolePage(body, readParkedShape))
}

export async function getPhones(next?: string): Promise<Understood<ConsolePage<PhoneShape>>> {
  const answer = await send({ method: 'GET', path: pageOf(next, '/api/v1/phones/') })
  return understood(answer, (body) => readConsolePage(body, readPhoneShape))
}

export async function postParked(id: number, verb: 'retry' | 'return' | 'discard' | 'apply', body: Fields): Promise<Answer> {
  return sendSigned({ method: 'POST', path: `/api/v1/parked/${id}/${verb}/`, body })
}

export async function postPhone(id: number, verb: 'revoke' | 'accept'): Promise<Answer> {
  return sendSigned({ method: 'POST', path: `/api/v1/phones/${id}/${verb}/`, body: {} })
}

export async function postUnsent(file: Fields): Promise<Understood<Rescued>> {
  return understood(await sendSigned({ method: 'POST', path: '/api/v1/parked/import/', body: file }), readRescued)
}
