import { commitmentsOfVisits } from '../db/commitments'
import type { KnownEntry } from '../db/entries'
import { joiningsOfVisits } from '../db/joinings'
import { needsAround } from '../db/needs'
import { unreadNotifications } from '../db/notifications'
import { askingsOfQuestions } from '../db/questions'
import { allRows, byId } from '../db/read'
import { repliesOfCustomers } from '../db/replies'
import type { JournalRow, Phone } from '../db/schema'
import { ticketsOf, ticketsUpwards } from '../db/tickets'
import { voicesOfNeeds } from '../db/voices'
import type { LaidName } from '../overlay/ground'
import type { Base } from '../overlay/lay'
import { argOf, type Kind } from '../shapes/entry'
import type { Shapes } from '../shapes/row'

/** The rows that waiting entries change, with those they belong to and those they point to. */
export class LaidRows {
  constructor(
    private readonly db: Phone,
    private readonly journal: readonly JournalRow[],
    private readonly known: readonly KnownEntry[],
  ) {}

  async read(): Promise<Base['rows']> {
    const needs = await this.needs()
    const tickets = await this.tickets()
    const visits = await this.visits()
    const commitments = await this.commitments(needs.reply)
    const seen = visits.visit.flatMap((visit) => visit.site ?? [])
    const of = [...needs.need, ...needs.reply, ...needs.voice, ...tickets.ticket, ...tickets.cause]
    return {
      ...visits,
      ...needs,
      ...tickets,
      commitment: [...(await commitmentsOfVisits(this.db, visits.visit.map((visit) => visit.id))), ...commitments],
      comment: await this.named('comment'),
      ...(await this.ofCustomers(seen, of.map((row) => row.customer))),
      notification: await this.notifications(),
      preference: await this.rows('preference', [this.db.memberId]),
    }
  }

  /** Ids under which entries of these kinds name rows. */
  private args(key: string, ...kinds: Kind[]): string[] {
    const speaking = this.known.filter(({ entry }) => kinds.length === 0 || kinds.includes(entry.kind))
    return speaking.flatMap(({ entry }) => argOf(entry, key) ?? [])
  }

  private ids(name: LaidName): string[] {
    const start = `${name}:`
    const keys = this.journal.flatMap((row) => row.rows).filter((key) => key.startsWith(start))
    return [...new Set([...keys.map((key) => key.slice(start.length)), ...this.args(name)])]
  }

  private async rows<Name extends LaidName>(name: Name, ids: readonly string[]): Promise<Shapes[Name][]> {
    return ids.length === 0 ? [] : [...(await byId(this.db, name, ids)).values()]
  }

  private async named<Name extends LaidName>(name: Name): Promise<Shapes[Name][]> {
    return this.rows(name, this.ids(name))
  }

  private async visits(): Promise<Pick<Base['rows'], 'visit' | 'joining'>> {
    const joinings = await this.named('joining')
    const asked = this.args('visit', 'joining.ask')
    const beside = asked.length === 0 ? [] : await joiningsOfVisits(this.db, asked)
    const visits = await this.rows('visit', [...this.ids('visit'), ...joinings.map((one) => one.visit)])
    return { visit: visits, joining: [...beside, ...joinings] }
  }

  private async commitments(replies: readonly Shapes['reply'][]): Promise<Shapes['commitment'][]> {
    return this.rows('commitment', [...this.ids('commitment'), ...replies.flatMap((reply) => reply.commitment ?? [])])
  }

  private async needs(): Promise<Pick<Base['rows'], 'theme' | 'need' | 'voice' | 'question' | 'asking' | 'answer' | 'reply'>> {
    const { db } = this
    const replies = await this.named('reply')
    // What else is to be told to the same customer may rest on the same promise.
    const beside = replies.length === 0 ? [] : await repliesOfCustomers(db, replies.map((one) => one.customer))
    const ids = [...this.ids('need'), ...this.args('into'), ...replies.map((one) => one.need)]
    const needs = ids.length === 0 ? [] : await needsAround(db, ids)
    const isAskedOf = this.args('need', 'need.confirm').length > 0
    const ofGroups = isAskedOf ? await voicesOfNeeds(db, needs.map((need) => need.id)) : []
    const named = await this.named('asking')
    const questions = await this.rows('question', [...this.ids('question'), ...named.map((one) => one.question)])
    const withdrawn = this.args('question', 'question.withdraw')
    return {
      theme: this.known.length === 0 ? [] : [...(await allRows(db, 'theme')).values()],
      need: needs,
      voice: [...ofGroups, ...(await this.named('voice'))],
      question: questions,
      asking: [...(withdrawn.length === 0 ? [] : await askingsOfQuestions(db, withdrawn)), ...named],
      answer: await this.named('answer'),
      reply: [...beside, ...replies],
    }
  }

  private async tickets(): Promise<Pick<Base['rows'], 'ticket' | 'cause' | 'message' | 'help'>> {
    const { db } = this
    const helps = await this.named('help')
    const ids = [...this.ids('ticket'), ...this.args('other'), ...this.args('part_of'), ...helps.map((help) => help.ticket)]
    const tickets = ids.length === 0 ? [] : await ticketsUpwards(db, ids)
    const causes = [...this.ids('cause'), ...this.args('again'), ...tickets.flatMap((ticket) => ticket.cause ?? [])]
    // Without a ticket that was withdrawn, its cause came back less often.
    const isCounted = this.args('ticket', 'ticket.withdraw').length > 0
    return {
      ticket: [...(isCounted ? await ticketsOf(db, 'cause', causes) : []), ...tickets],
      cause: await this.rows('cause', causes),
      message: await this.named('message'),
      help: helps,
    }
  }

  private async ofCustomers(sites: string[], owners: string[]): Promise<Pick<Base['rows'], 'customer' | 'site' | 'contact' | 'asset' | 'conflict'>> {
    const conflicts = await this.named('conflict')
    const contacts = await this.named('contact')
    const assets = await this.named('asset')
    const placed = await this.rows('site', [...this.ids('site'), ...sites])
    const all = [...owners, ...[...conflicts, ...contacts, ...assets, ...placed].map((row) => row.customer)]
    const customers = await this.rows('customer', [...this.ids('customer'), ...all])
    return { customer: customers, site: placed, contact: contacts, asset: assets, conflict: conflicts }
  }

  private async notifications(): Promise<Shapes['notification'][]> {
    const all = this.args('until')
    const unread = all.length === 0 ? [] : await unreadNotifications(this.db)
    return [...unread, ...(await this.rows('notification', [...this.ids('notification'), ...all]))]
  }
}
