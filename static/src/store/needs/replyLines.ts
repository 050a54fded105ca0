import type { Reply } from '../../shapes/reply'
import { present } from '../present'
import type { ReplyLine } from './lines'
import type { Reader } from './reader'

export async function replyLines(reader: Reader, replies: readonly Reply[]): Promise<ReplyLine[]> {
  const customers = await reader.customers(replies.map((reply) => reply.customer))
  const needs = await reader.byId('need', replies.map((reply) => reply.need))
  const contacts = await reader.contacts(replies.map((reply) => reply.contact))
  const promises = await reader.byId('commitment', replies.map((reply) => reply.commitment))
  const undoable = await reader.undoable('reply')
  return replies.map((reply) => {
    const mark = reader.mark('reply', reply)
    const customer = customers.get(reply.customer)
    return {
      reply,
      ...mark,
      canTell: mark.isMine || reader.reads(customer),
      ...present<Pick<ReplyLine, 'need' | 'customer' | 'member' | 'teller' | 'contact' | 'commitment' | 'undoUntil'>>({
        need: needs.get(reply.need),
        customer,
        member: reader.member(reply.member),
        teller: reader.member(reply.told_by),
        contact: contacts.get(reply.contact ?? ''),
        commitment: promises.get(reply.commitment ?? ''),
        undoUntil: undoable.get(reply.id),
      }),
    }
  })
}
