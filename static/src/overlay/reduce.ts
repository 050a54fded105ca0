import type { Entry } from '../shapes/entry'
import { addComment } from './addComment'
import { amendVisit } from './amendVisit'
import { arrive } from './arrive'
import { cancelVisit } from './cancelVisit'
import { changeContact, changeCustomer, changeSite } from './changeRow'
import { NOTHING, type AnyReducer, type Changed, type Ground, type Reducers } from './ground'
import { keepCommitment } from './keepCommitment'
import { logVisit } from './logVisit'
import { makeCommitment } from './makeCommitment'
import { moveCommitment } from './moveCommitment'
import { planVisit } from './planVisit'
import { resolveConflict } from './resolveConflict'
import { withdrawComment } from './withdrawComment'
import { withdrawVisit } from './withdrawVisit'

const REDUCERS: Reducers = {
  'visit.plan': planVisit,
  'visit.cancel': cancelVisit,
  'visit.arrive': arrive,
  'visit.log': logVisit,
  'visit.amend': amendVisit,
  'visit.withdraw': withdrawVisit,
  'commitment.make': makeCommitment,
  'commitment.keep': keepCommitment,
  'commitment.move': moveCommitment,
  'comment.add': addComment,
  'comment.withdraw': withdrawComment,
  'customer.change': changeCustomer,
  'site.change': changeSite,
  'contact.change': changeContact,
  // A removed row is not on this phone: it comes back with the server's answer.
  'customer.restore': () => NOTHING,
  'site.restore': () => NOTHING,
  'contact.restore': () => NOTHING,
  'conflict.resolve': resolveConflict,
  'entry.retry': () => NOTHING,
  'entry.discard': () => NOTHING,
}

/** The rows one entry changes. A kind of a later version changes nothing here. */
export function reduce(entry: Entry, ground: Ground): Changed {
  const reducer = REDUCERS[entry.kind] as AnyReducer | undefined
  return reducer?.(entry, ground) ?? NOTHING
}
