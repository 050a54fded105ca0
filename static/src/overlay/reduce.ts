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
import { changeAsset, changeCause, changeContact, changeCustomer, changeNeed, changeSite, changeTicket } from './changeRow'
import { closeTicket, settleCause } from './closeTicket'
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
import { openTicket } from './openTicket'
import { placeVoice } from './placeVoice'
import { planVisit } from './planVisit'
import { sayAgain } from './recurring'
import { answerReply, editReply, tellReply } from './replies'
import { resolveConflict } from './resolveConflict'
import { reopenTicket, solveTicket } from './solveTicket'
import { takeNeed } from './takeNeed'
import { answerHelp, askHelp, withdrawHelp, withdrawMessage, writeMessage } from './talk'
import { addTheme, removeTheme, renameTheme, restoreTheme } from './themes'
import { acknowledgeAlarm, reviewTimes } from './ticketClocks'
import { linkTickets, unlinkTickets, unwatchTicket, watchTicket } from './watchTicket'
import { withdrawComment } from './withdrawComment'
import { withdrawQuestion } from './withdrawQuestion'
import { withdrawTicket } from './withdrawTicket'
import { withdrawVisit } from './withdrawVisit'
import { withdrawVoice } from './withdrawVoice'
import { assignTicket, resumeTicket, takeTicket, waitTicket } from './workTicket'

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
  'ticket.open': openTicket,
  'ticket.change': changeTicket,
  'ticket.take': takeTicket,
  'ticket.assign': assignTicket,
  'ticket.wait': waitTicket,
  'ticket.resume': resumeTicket,
  'ticket.solve': solveTicket,
  'ticket.reopen': reopenTicket,
  'ticket.close': closeTicket,
  'ticket.withdraw': withdrawTicket,
  'ticket.watch': watchTicket,
  'ticket.unwatch': unwatchTicket,
  'ticket.link': linkTickets,
  'ticket.unlink': unlinkTickets,
  'ticket.again': sayAgain,
  'ticket.acknowledge': acknowledgeAlarm,
  'ticket.review': reviewTimes,
  'message.write': writeMessage,
  'message.withdraw': withdrawMessage,
  'help.ask': askHelp,
  'help.answer': answerHelp,
  'help.withdraw': withdrawHelp,
  'cause.settle': settleCause,
  'cause.change': changeCause,
  'entry.retry': () => NOTHING,
  'entry.discard': () => NOTHING,
}

/** The rows one entry changes. A kind of a later version changes nothing here. */
export function reduce(entry: Entry, ground: Ground): Changed {
  const reducer = REDUCERS[entry.kind] as AnyReducer | undefined
  return reducer?.(entry, ground) ?? NOTHING
}
