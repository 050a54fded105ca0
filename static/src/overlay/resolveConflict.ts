import { asideValue, CHOICES, noted, type Conflict } from '../shapes/conflict'
import type { EntryOf } from '../shapes/entry'
import { FORMS } from '../shapes/shared'
import { lengthOf, strip, take } from '../shapes/take'
import { utc } from '../shapes/time'
import { editRow } from './changeRow'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { editsNeeds, isMine, mayEdit } from './rights'
import { worksOnTickets } from './ticketRights'

const MOST_NOTE = 2000

type Resolve = EntryOf<'conflict.resolve'>

function mayDecide(conflict: Conflict, ground: Ground): boolean {
  if (conflict.shape === 'need') return editsNeeds(ground.actor)
  if (conflict.shape === 'ticket' || conflict.shape === 'cause') return worksOnTickets(ground.actor)
  return mayEditOwner(conflict, ground)
}

function mayEditOwner(conflict: Conflict, ground: Ground): boolean {
  const customer = ground.customer(conflict.customer)
  return customer !== undefined && mayEdit(customer, ground)
}

/** Whoever ran into it may always let it go; else it takes somebody who may edit the row. */
function letGo(conflict: Conflict, ground: Ground): Changed | undefined {
  return isMine(conflict, ground) || mayDecide(conflict, ground) ? {} : undefined
}

function putBack(conflict: Conflict, { at, from }: Resolve, ground: Ground): Changed | undefined {
  const { shape, row, names } = conflict
  const aside = asideValue(conflict)
  const wanted = Object.fromEntries(names.map((name, index) => [name, aside[index]]))
  return editRow({ shape, row, at, wanted, seen: from }, ground)
}

/** A need has a memo of its own; whatever else of a customer it is about, the memo is the customer's. */
function addToMemo(conflict: Conflict, note: unknown, ground: Ground): Changed | undefined {
  const { shape, row } = noted(conflict)
  const mayWrite = shape === 'need' ? editsNeeds(ground.actor) : mayEditOwner(conflict, ground)
  const found = mayWrite ? ground[shape](row) : undefined
  const taken = take({ form: 'text', max: MOST_NOTE, isNeeded: true }, note)
  if (found === undefined || taken === undefined) return undefined
  const memo = strip(`${found.memo}\n${String(taken.value)}`)
  return lengthOf(memo) > FORMS[shape].memo.max ? undefined : { [shape]: [{ ...found, memo }] }
}

function effectOf(conflict: Conflict, entry: Resolve, ground: Ground): Changed | undefined {
  const { choice, note } = entry.args
  if (!CHOICES.includes(choice) || (choice === 'note') !== (note !== undefined)) return undefined
  if (choice === 'replace') return putBack(conflict, entry, ground)
  return choice === 'note' ? addToMemo(conflict, note, ground) : letGo(conflict, ground)
}

export const resolveConflict: Reducer<'conflict.resolve'> = (entry, ground) => {
  const conflict = ground.conflict(entry.args.conflict)
  if (conflict === undefined || conflict.closed_at !== null) return NOTHING
  const effect = effectOf(conflict, entry, ground)
  if (effect === undefined) return NOTHING
  const closed = { ...conflict, choice: entry.args.choice, resolved_by: ground.actor.id, closed_at: utc(entry.at) }
  return { ...effect, conflict: [closed] }
}
