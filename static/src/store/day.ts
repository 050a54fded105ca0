import { commitmentsDue } from '../db/commitments'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { visitsBetween, visitsPlanned } from '../db/visits'
import { dayOf } from '../shapes/time'
import { isOpen, type Visit } from '../shapes/visit'
import type { CommitmentLine, VisitLine } from './lines'
import { commitmentLines, visitLines } from './lineOf'
import { byPlannedTime, happenedAt, newestFirst, openFirst } from './order'
import { over } from './over'
import { readProjection, type Projection } from './projection'
import type { Stop } from './visits'

/** A day of one member at the organization's place, without suggestions. */
export interface Day {
  date: string
  timeZone: string
  planned: Stop[]
  done: VisitLine[]
  commitmentsDue: CommitmentLine[]
}

const DAY_MS = 86_400_000

async function visitsOfDay(db: Phone, projection: Projection, date: string): Promise<Visit[]> {
  const member = projection.actor.id
  const noon = Date.parse(`${date}T12:00:00Z`)
  // Wide enough for every time zone; the day itself is decided below.
  const from = new Date(noon - 2 * DAY_MS).toISOString()
  const to = new Date(noon + 2 * DAY_MS).toISOString()
  const base = [...(await visitsPlanned(db, member, date)), ...(await visitsBetween(db, member, from, to))]
  return over(base, projection.overlay.visit, (visit) => visit.member === member && visit.withdrawn_at === null)
}

function stopsOf(lines: readonly VisitLine[], due: readonly CommitmentLine[]): Stop[] {
  return lines.map((line) => ({
    ...line,
    commitmentsDue: due.filter(({ commitment }) => commitment.customer === line.visit.customer),
  }))
}

async function due(db: Phone, projection: Projection, date: string): Promise<CommitmentLine[]> {
  const base = await commitmentsDue(db, projection.actor.id, date)
  const isDue = (member: string, state: string, day: string) => member === projection.actor.id && state === 'open' && day <= date
  const rows = over(base, projection.overlay.commitment, (row) => isDue(row.member, row.state, row.due_on))
  return commitmentLines(db, projection, rows.sort(openFirst))
}

export async function readDay(db: Phone, date: string): Promise<Day> {
  const projection = await readProjection(db)
  const timeZone = (await readMeta(db, 'me'))?.organization.time_zone ?? 'Asia/Seoul'
  const visits = await visitsOfDay(db, projection, date)
  const happenedToday = (visit: Visit) => happenedAt(visit) !== '' && dayOf(happenedAt(visit), timeZone) === date
  const planned = visits.filter((visit) => isOpen(visit) && (visit.planned_for === date || happenedToday(visit)))
  const done = visits.filter((visit) => visit.state === 'finished' && happenedToday(visit))
  const commitments = await due(db, projection, date)
  return {
    date,
    timeZone,
    planned: stopsOf(await visitLines(db, projection, planned.sort(byPlannedTime)), commitments),
    done: await visitLines(db, projection, done.sort(newestFirst)),
    commitmentsDue: commitments,
  }
}
