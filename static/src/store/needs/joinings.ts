import { allJoinings, joiningsOfVisits } from '../../db/joinings'
import type { Phone } from '../../db/schema'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import { joiningLines } from './joiningLines'
import type { JoiningLine } from './lines'
import { Reader } from './reader'

function byDay(a: JoiningLine, b: JoiningLine): number {
  const day = ({ visit }: JoiningLine) => `${visit?.planned_for ?? '~'} ${visit?.planned_time ?? '~'}`
  return compare(day(a), day(b)) || compare(a.joining.id, b.joining.id)
}

/** While the visit has not begun: afterwards nobody can join any more. */
function isWaiting({ canAnswer, visit }: JoiningLine): boolean {
  return canAnswer && visit?.state === 'planned' && visit.withdrawn_at === null
}

async function readWaiting(db: Phone): Promise<JoiningLine[]> {
  const reader = await Reader.at(db)
  const asked = reader.over('joining', await allJoinings(db), (joining) => joining.state === 'asked')
  return (await joiningLines(reader, asked)).filter(isWaiting).sort(byDay)
}

async function readOfVisit(db: Phone, visit: string): Promise<JoiningLine[]> {
  const reader = await Reader.at(db)
  const of = reader.over('joining', await joiningsOfVisits(db, [visit]), (joining) => joining.visit === visit)
  return joiningLines(reader, of.sort((a, b) => compare(a.id, b.id)))
}

/** Who asks to come along on visits of mine and waits for my answer, by the day of the visit. */
export const joiningsToAnswer: Live<JoiningLine[] | undefined> = liveRead(readWaiting)

/** Who asked to come along on a visit, as far as it is a matter of mine. */
export function joiningsOf(visit: string): Live<JoiningLine[] | undefined> {
  return liveRead((db) => readOfVisit(db, visit))
}
