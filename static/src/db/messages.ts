import type { Help } from '../shapes/help'
import type { Message } from '../shapes/message'
import { readRow } from '../shapes/row'
import type { Phone } from './schema'

export async function messagesOfTicket(db: Phone, ticket: string): Promise<Message[]> {
  return (await db.message.where('f.ticket').equals(ticket).toArray()).map((row) => readRow('message', row))
}

export async function helpsOfTicket(db: Phone, ticket: string): Promise<Help[]> {
  return (await db.help.where('f.ticket').equals(ticket).toArray()).map((row) => readRow('help', row))
}
