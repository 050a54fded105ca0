import type { Fields } from '../shapes/fields'
import { SET_UP_PATHS, type SetUpName } from '../shapes/setUp'
import { sendSigned } from './csrf'
import type { Answer } from './http'

/** Which row is meant, and what it was like when it was read: a later one is not touched. */
export interface Seen {
  id: string
  rv: string
}

function listPath(name: SetUpName): string {
  return `/api/v1/${SET_UP_PATHS[name]}/`
}

function rowPath(name: SetUpName, id: string): string {
  return `${listPath(name)}${encodeURIComponent(id)}/`
}

/** Adds what an organization begins with where it has nothing yet. Asked twice it adds nothing. */
export async function startSetUp(): Promise<Answer> {
  return sendSigned({ method: 'POST', path: '/api/v1/tickets/start/' })
}

/** `values` by their names on the wire, with an id of our own. */
export async function addSetUp(name: SetUpName, values: Fields & { id: string }): Promise<Answer> {
  return sendSigned({ method: 'POST', path: listPath(name), body: values })
}

export async function changeSetUp(name: SetUpName, { id, rv }: Seen, values: Fields): Promise<Answer> {
  return sendSigned({ method: 'PATCH', path: rowPath(name, id), body: values, version: rv })
}

export async function removeSetUp(name: SetUpName, { id, rv }: Seen): Promise<Answer> {
  return sendSigned({ method: 'DELETE', path: rowPath(name, id), version: rv })
}
