import { readRow, type Row } from '../shapes/row'
import type { Visit } from '../shapes/visit'
import type { Phone } from './schema'

const read = (row: Row) => readRow('visit', row)

export async function visitsById(db: Phone, ids: readonly string[]): Promise<Visit[]> {
  const rows = await db.visit.bulkGet([...ids])
  return rows.flatMap((row) => (row === undefined ? [] : [read(row)]))
}

export async function visitsOfCustomer(db: Phone, customer: string): Promise<Visit[]> {
  return (await db.visit.where('f.customer').equals(customer).toArray()).map(read)
}

/** Visits of a member planned for a day. */
export async function visitsPlanned(db: Phone, member: string, day: string): Promise<Visit[]> {
  return (await db.visit.where('[f.member+f.planned_for]').equals([member, day]).toArray()).map(read)
}

/** Visits of a member that began or ended in a span of time, both ends in UTC. */
export async function visitsBetween(db: Phone, member: string, from: string, to: string): Promise<Visit[]> {
  const isMine = (row: Row) => row.f.member === member
  const logged = await db.visit.where('f.logged_at').between(from, to).filter(isMine).toArray()
  const arrived = await db.visit.where('f.arrived_at').between(from, to).filter(isMine).toArray()
  return [...new Map([...logged, ...arrived].map((row) => [row.id, read(row)])).values()]
}

/** Started and finished visits that pass, newest first by the later of arrival and log, at most `limit`. */
export async function newestVisits(db: Phone, limit: number, passes: (visit: Visit) => boolean): Promise<Visit[]> {
  const isWanted = (row: Row) => passes(read(row))
  const logged = await db.visit.orderBy('f.logged_at').reverse().filter(isWanted).limit(limit).toArray()
  const arrived = await db.visit
    .orderBy('f.arrived_at')
    .reverse()
    .filter((row) => typeof row.f.logged_at !== 'string' && isWanted(row))
    .limit(limit)
    .toArray()
  return [...logged, ...arrived].map(read)
}

/** Customer → when somebody last finished a visit there. Reads raw rows: there may be many thousands. */
export async function lastSeenByCustomer(db: Phone, chunk = 2_000): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  for (let after = ''; ; ) {
    const rows = await db.visit.where('id').above(after).limit(chunk).toArray()
    for (const { f } of rows) {
      const { customer, logged_at: at } = f
      if (typeof at !== 'string' || typeof customer !== 'string' || f.withdrawn_at != null || f.outcome === 'not_met') continue
      if (at > (seen.get(customer) ?? '')) seen.set(customer, at)
    }
    const last = rows.at(-1)
    if (rows.length < chunk || last === undefined) return seen
    after = last.id
  }
}
