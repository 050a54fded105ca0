import type { Entry } from '../shapes/entry'
import { addComment } from './addComment'
import { acceptNeed, buildNeed, declineNeed } from './advanceNeed'
import { amendVisit } from './amendVisit'
import { amendVoice } from './amendVoice'
import { answerAsking } from './answerAsking'
import { arrive } from './arrive'
import { askQuestion } from './askQuestion'
import { addAsset, removeAsset, restoreAsset } from './assets'
import { cancelVisit } from './cancelVisit'
import { changeAsset, changeContact, changeCustomer, changeNeed, changeSite } from './changeRow'
import { confirmNeed } from './confirmNeed'
import { NOTHING, type AnyReducer, type Changed, type Ground, type Reducers } from './ground'
import { handOverNeed } from './handOverNeed'
import { acceptJoining, askToJoin, refuseJoining, withdrawJoining } from './joinings'
import { keepCommitment } from './keepCommitment'
import { logVisit } from './logVisit'
import { makeCommitment } from './makeCommitment'
import { mergeNeed, unmergeNeed } from './mergeNeed'
import { moveCommitment } from './moveCommitment'
import { noteNeed } from './noteNeed'
import { readAllNotifications, readNotification, setPreference } from './notices'
import { observe } from './observe'
import { placeVoice } from './placeVoice'
import { planVisit } from './planVisit'
import { answerReply, editReply, tellReply } from './replies'
import { resolveConflict } from './resolveConflict'
import { takeNeed } from './takeNeed'
import { addTheme, removeTheme, renameTheme, restoreTheme } from './themes'
import { withdrawComment } from './withdrawComment'
import { withdrawQuestion } from './withdrawQuestion'
import { withdrawVisit } from './withdrawVisit'
import { withdrawVoice } from './withdrawVoice'

export const REDUCERS: Reducers = {
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
  'asset.add': addAsset,
  'asset.change': changeAsset,
  'asset.remove': removeAsset,
  'asset.restore': restoreAsset,
  // A removed row is not on this phone: it comes back with the server's answer.
  'customer.restore': () => NOTHING,
  'site.restore': () => NOTHING,
  'contact.restore': () => NOTHING,
  'conflict.resolve': resolveConflict,
  'need.note': noteNeed,
  'need.change': changeNeed,
  'need.take': takeNeed,
  'need.hand_over': handOverNeed,
  'need.confirm': confirmNeed,
  'need.accept': acceptNeed,
  'need.decline': declineNeed,
  'need.build': buildNeed,
  'need.merge': mergeNeed,
  'need.unmerge': unmergeNeed,
  'voice.observe': observe,
  'voice.amend': amendVoice,
  'voice.withdraw': withdrawVoice,
  'voice.place': placeVoice,
  'theme.add': addTheme,
  'theme.rename': renameTheme,
  'theme.remove': removeTheme,
  'theme.restore': restoreTheme,
  'question.ask': askQuestion,
  'question.withdraw': withdrawQuestion,
  'asking.answer': answerAsking,
  'joining.ask': askToJoin,
  'joining.accept': acceptJoining,
  'joining.refuse': refuseJoining,
  'joining.withdraw': withdrawJoining,
  'reply.edit': editReply,
  'reply.tell': tellReply,
  'reply.answer': answerReply,
  'notification.read': readNotification,
  'notification.read_all': readAllNotifications,
  'preference.set': setPreference,
  'entry.retry': () => NOTHING,
  'entry.discard': () => NOTHING,
}

/** The rows one entry changes. A kind of a later version changes nothing here. */
export function reduce(entry: Entry, ground: Ground): Changed {
  const reducer = REDUCERS[entry.kind] as AnyReducer | undefined
  return reducer?.(entry, ground) ?? NOTHING
}
