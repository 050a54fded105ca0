import { derived, writable } from 'svelte/store'
import { currentPhone, onCurrentPhone } from '../db/current'
import { readMeta, writeMeta, type Meta } from '../db/meta'
import { allRows, byId } from '../db/read'
import type { Phone } from '../db/schema'
import { getParked, getPhones } from '../net/console'
import type { Understood } from '../net/understood'
import { readConsolePage, readParkedShape, readPhoneShape, type ConsolePage, type ParkedShape, type PhoneShape } from '../shapes/console'
import { isFields, text, type Fields } from '../shapes/fields'
import type { Member } from '../shapes/member'
import type { Params } from '../shapes/settled'
import { liveRead, type Live } from './live'
import { namesOf } from './names'
import { present } from './present'

/** asking: for the first time. offline, failed: what is shown is from before. forbidden: not for this person. */
export type Reach = 'asking' | 'ok' | 'offline' | 'failed' | 'forbidden'

/** A list of the server's, kept for reading it without a signal. */
export interface Listing<T> {
  reach: Reach
  /** undefined before it was ever fetched */
  rows?: T[]
  asOf?: string
}

export interface ParkedItem {
  id: number
  entryId?: string
  memberId: string
  member?: Member
  phone: number
  device: string
  receivedAt: string
  code: string
  params: Params
  /** whom its reason names */
  who?: string
  attempts: number
  kind?: string
  at?: string
  args?: Fields
  text: string
  /** the entry this one waits for */
  waitsFor?: string
  n: number
  waiting: number
  customerName?: string
  /** names of the rows its words point to, by id */
  names: ReadonlyMap<string, string>
  /** what was written to its writer when it was sent back */
  note?: { text: string; by?: Member }
}

export interface PhoneItem extends PhoneShape {
  person?: Member
  isMine: boolean
  /** entries it handed in after it was shut out, that nobody has let in yet */
  shutOut: number
}

/** Codes of entries that only a person may let in. */
const SHUT_OUT = ['quarantined', 'actor_disabled']
const MOST_PAGES = 10

const reaches = { parked: writable<Reach>('asking'), phones: writable<Reach>('asking') }
onCurrentPhone(() => Object.values(reaches).forEach((reach) => reach.set('asking')))

type Kept = Extract<keyof Meta, 'parked' | 'phones'>

async function readKept<T>(db: Phone, key: Kept, read: (f: Fields) => T): Promise<{ rows: T[]; asOf: string } | undefined> {
  const kept = await readMeta(db, key)
  const page = readConsolePage(kept, read)
  return page === undefined || !isFields(kept) ? undefined : { rows: page.rows, asOf: text(kept, 'as_of') }
}

/** Why an entry waits: the reason of before, where it was sent back since. */
function reasonOf({ code, params }: ParkedShape): string {
  return code === 'returned' && typeof params.code === 'string' && params.code !== '' ? params.code : code
}

async function readParked(db: Phone): Promise<{ rows: ParkedItem[]; asOf: string } | undefined> {
  const kept = await readKept(db, 'parked', readParkedShape)
  if (kept === undefined) return undefined
  const members = await allRows(db, 'member')
  const names = await namesOf(db, kept.rows.flatMap((row) => (row.args === null ? [] : [row.args])))
  const noteOf = ({ params }: ParkedShape) => {
    const by = members.get(String(params.by))
    return typeof params.note === 'string' ? { text: params.note, ...(by === undefined ? {} : { by }) } : undefined
  }
  const rows = kept.rows.map((row) => ({
    id: row.id,
    memberId: row.member,
    phone: row.phone,
    device: row.device,
    receivedAt: row.received_at,
    code: reasonOf(row),
    params: row.params,
    attempts: row.attempts,
    text: row.text,
    n: row.n,
    waiting: row.waiting,
    names: names.all,
    ...present<Pick<ParkedItem, 'entryId' | 'member' | 'who' | 'kind' | 'at' | 'args' | 'waitsFor' | 'customerName' | 'note'>>({
      entryId: row.entry ?? undefined,
      member: members.get(row.member),
      who: members.get(String(row.params.member))?.name,
      kind: row.kind ?? undefined,
      at: row.at ?? undefined,
      args: row.args ?? undefined,
      waitsFor: row.code === 'waits_for' && typeof row.params.entry === 'string' ? row.params.entry : undefined,
      customerName: row.args === null ? undefined : names.customerOf(row.args),
      note: noteOf(row),
    }),
  }))
  return { rows, asOf: kept.asOf }
}

async function readPhones(db: Phone): Promise<{ rows: PhoneItem[]; asOf: string } | undefined> {
  const kept = await readKept(db, 'phones', readPhoneShape)
  if (kept === undefined) return undefined
  const parked = (await readKept(db, 'parked', readParkedShape))?.rows ?? []
  const members = await byId(db, 'member', kept.rows.map((row) => row.member))
  const rows = kept.rows.map((row) => ({
    ...row,
    isMine: row.member === db.memberId,
    shutOut: parked.filter(({ phone, code }) => phone === row.id && SHUT_OUT.includes(code)).length,
    ...present<Pick<PhoneItem, 'person'>>({ person: members.get(row.member) }),
  }))
  return { rows, asOf: kept.asOf }
}

function listing<T>(key: Kept, read: (db: Phone) => Promise<{ rows: T[]; asOf: string } | undefined>): Live<Listing<T>> {
  // What has just been fetched is read out of the database a moment later: until then it is still being asked for.
  return derived([liveRead(read), reaches[key]], ([kept, reach]) => ({ reach: reach === 'ok' && kept === undefined ? 'asking' : reach, ...kept }))
}

/** Entries of others that wait for a person, oldest first. */
export const parkedEntries: Live<Listing<ParkedItem>> = listing('parked', readParked)

/** Own phones, and those of everybody this person answers for, the latest contact first. */
export const phones: Live<Listing<PhoneItem>> = listing('phones', readPhones)

async function everyPage<T>(get: (next?: string) => Promise<Understood<ConsolePage<T>>>): Promise<Understood<T[]>> {
  const rows: T[] = []
  for (let next: string | undefined, pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await get(next)
    if (answer.kind !== 'ok') return answer
    rows.push(...answer.message.rows)
    if (answer.message.next === null) break
    next = answer.message.next
  }
  return { kind: 'ok', message: rows }
}

function reachOf(answer: Understood<unknown>): Reach {
  if (answer.kind === 'ok') return 'ok'
  if (answer.kind === 'problem' && answer.status === 403) return 'forbidden'
  return answer.kind === 'offline' || (answer.kind === 'foreign' && answer.status < 400) ? 'offline' : 'failed'
}

async function refresh<T>(key: Kept, get: (next?: string) => Promise<Understood<ConsolePage<T>>>, written: (row: T) => Fields): Promise<void> {
  const phone = currentPhone()
  const answer = await everyPage(get)
  if (phone === undefined || currentPhone() !== phone) return
  if (answer.kind === 'ok') await writeMeta(phone, key, { results: answer.message.map(written), next: null, as_of: new Date().toISOString() })
  reaches[key].set(reachOf(answer))
}

/** As it came over the wire, so that one reader serves both. */
function parkedAsSent({ entry, ...row }: ParkedShape): Fields {
  return { ...row, entry_id: entry }
}

function phoneAsSent({ is_revoked: isRevoked, pending, ...row }: PhoneShape): Fields {
  return { ...row, state: isRevoked ? 'revoked' : 'active', pending_count: pending }
}

export async function refreshParked(): Promise<void> {
  await refresh('parked', getParked, parkedAsSent)
}

export async function refreshPhones(): Promise<void> {
  await refresh('phones', getPhones, phoneAsSent)
}
