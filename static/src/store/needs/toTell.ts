import { repliesToTell as toTellOf } from '../../db/replies'
import type { Phone } from '../../db/schema'
import type { Customer } from '../../shapes/customer'
import { liveRead, type Live } from '../live'
import { compare } from '../order'
import type { ReplyLine } from './lines'
import { Reader } from './reader'
import { replyLines } from './replyLines'

/** Whom I am to tell something: one line for each customer, however much it is. */
export interface TellLine {
  customerId: string
  customer?: Customer
  replies: ReplyLine[]
  /** the first day by which one of them was promised */
  dueOn?: string
}

function gathered(lines: readonly ReplyLine[]): TellLine[] {
  const found = new Map<string, ReplyLine[]>()
  for (const line of lines) found.set(line.reply.customer, [...(found.get(line.reply.customer) ?? []), line])
  return [...found].map(([customerId, replies]) => {
    const customer = replies[0]?.customer
    const dueOn = replies.flatMap(({ commitment }) => (commitment?.state === 'open' ? [commitment.due_on] : [])).sort()[0]
    return { customerId, replies, ...(customer === undefined ? {} : { customer }), ...(dueOn === undefined ? {} : { dueOn }) }
  })
}

/** What is due first; what was promised for no day comes last. */
function dueFirst(a: TellLine, b: TellLine): number {
  return compare(a.dueOn ?? '~', b.dueOn ?? '~') || compare(a.customer?.name ?? '~', b.customer?.name ?? '~')
}

async function readToTell(db: Phone): Promise<TellLine[]> {
  const reader = await Reader.at(db)
  const isMine = (member: string, state: string) => member === reader.actor.id && state === 'to_tell'
  const replies = reader.over('reply', await toTellOf(db, reader.actor.id), (reply) => isMine(reply.member, reply.state))
  return gathered(await replyLines(reader, replies.sort((a, b) => compare(a.id, b.id)))).sort(dueFirst)
}

/** The customers I am to tell what became of what they asked for, by the day it is due. */
export const repliesToTell: Live<TellLine[] | undefined> = liveRead(readToTell)
