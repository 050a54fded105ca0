import type { Entry, Kind, KindArgs } from './entry'
import type { ShapeName } from './row'

/** Which rows an entry makes or changes, which it only refers to, and which entry it deals with. */
export interface Touches {
  rows: string[]
  refs: string[]
  target?: string
  /** it goes first: what was written about the row before waits for this very entry */
  isFirst?: true
}

type Table = { readonly [K in Kind]: (args: KindArgs[K]) => Touches }

export function rowKey(shape: ShapeName, id: string): string {
  return `${shape}:${id}`
}

/** One row by the name under which the arguments speak of it. */
function only<Name extends ShapeName>(name: Name): (args: Readonly<Record<Name, string>>) => Touches {
  return (args) => ({ rows: [rowKey(name, args[name])], refs: [] })
}

/** As `only`, for what brings a row back. */
function restores<Name extends ShapeName>(name: Name): (args: Readonly<Record<Name, string>>) => Touches {
  return (args) => ({ ...only(name)(args), isFirst: true })
}

/** Keys of those rows that are named. */
function named(shape: ShapeName, id: string | null | undefined): string[] {
  return id ? [rowKey(shape, id)] : []
}

function ofEntry(args: { entry: string }): Touches {
  return { rows: [], refs: [], target: args.entry }
}

function bothTickets({ ticket, other }: { ticket: string; other: string }): Touches {
  return { rows: [rowKey('ticket', ticket), rowKey('ticket', other)], refs: [] }
}

function ticketAndCause({ ticket, cause }: { ticket: string; cause: string }): Touches {
  return { rows: [rowKey('ticket', ticket), rowKey('cause', cause)], refs: [] }
}

const TABLE: Table = {
  'visit.plan': only('visit'),
  'visit.cancel': only('visit'),
  'visit.arrive': only('visit'),
  'visit.log': (args) => ({
    rows: [rowKey('visit', args.visit), ...(args.next_step ? [rowKey('commitment', args.next_step.commitment)] : [])],
    refs: [],
  }),
  'visit.amend': only('visit'),
  'visit.withdraw': only('visit'),
  'commitment.make': (args) => ({
    rows: [rowKey('commitment', args.commitment)],
    refs: named('visit', args.visit),
  }),
  'commitment.keep': only('commitment'),
  'commitment.move': only('commitment'),
  'comment.add': (args) => ({ rows: [rowKey('comment', args.comment)], refs: [rowKey('visit', args.visit)] }),
  'comment.withdraw': only('comment'),
  'customer.change': only('customer'),
  'customer.restore': restores('customer'),
  'site.change': only('site'),
  'site.restore': restores('site'),
  'contact.change': only('contact'),
  'contact.restore': restores('contact'),
  'asset.add': only('asset'),
  'asset.change': only('asset'),
  'asset.remove': only('asset'),
  'asset.restore': restores('asset'),
  // The row it may change is known to whoever writes it, and is named there.
  'conflict.resolve': only('conflict'),
  'need.note': (args) => ({
    rows: [rowKey('need', args.need), rowKey('voice', args.voice)],
    refs: [...named('visit', args.visit), ...named('theme', args.theme)],
  }),
  'need.change': (args) => ({ ...only('need')(args), refs: named('theme', args.theme) }),
  'need.take': only('need'),
  'need.hand_over': only('need'),
  'need.confirm': only('need'),
  'need.accept': only('need'),
  'need.decline': only('need'),
  'need.build': only('need'),
  'need.merge': (args) => ({ ...only('need')(args), refs: [rowKey('need', args.into)] }),
  'need.unmerge': only('need'),
  'voice.observe': (args) => ({ ...only('voice')(args), refs: [...named('need', args.need), ...named('visit', args.visit)] }),
  'voice.amend': only('voice'),
  'voice.withdraw': only('voice'),
  'voice.place': (args) => ({ ...only('voice')(args), refs: named('need', args.need) }),
  'theme.add': only('theme'),
  'theme.rename': only('theme'),
  'theme.remove': only('theme'),
  'theme.restore': restores('theme'),
  'question.ask': (args) => ({
    rows: [rowKey('question', args.question), ...args.customers.map((one) => rowKey('asking', one.asking))],
    refs: [rowKey('need', args.need)],
  }),
  'question.withdraw': only('question'),
  'asking.answer': (args) => ({
    rows: [rowKey('asking', args.asking), rowKey('answer', args.answer)],
    refs: named('visit', args.visit),
  }),
  'joining.ask': (args) => ({ ...only('joining')(args), refs: [rowKey('visit', args.visit), ...named('need', args.need)] }),
  'joining.accept': only('joining'),
  'joining.refuse': only('joining'),
  'joining.withdraw': only('joining'),
  'reply.edit': only('reply'),
  'reply.tell': (args) => ({ ...only('reply')(args), refs: named('visit', args.visit) }),
  'reply.answer': (args) => ({ ...only('reply')(args), refs: named('visit', args.visit) }),
  'notification.read': only('notification'),
  'notification.read_all': (args) => ({ rows: [rowKey('notification', args.until)], refs: [] }),
  // It is the writer's own, as whoever writes it knows and says there.
  'preference.set': () => ({ rows: [], refs: [] }),
  'ticket.open': (args) => ({
    rows: [rowKey('ticket', args.ticket), ...named('cause', args.again)],
    refs: [...named('visit', args.visit), ...named('asset', args.asset), ...named('ticket', args.part_of)],
  }),
  'ticket.change': (args) => ({ ...only('ticket')(args), refs: [...named('asset', args.asset), ...named('ticket', args.part_of)] }),
  'ticket.take': only('ticket'),
  'ticket.assign': only('ticket'),
  'ticket.wait': only('ticket'),
  'ticket.resume': only('ticket'),
  'ticket.solve': (args) => ({ ...only('ticket')(args), refs: named('visit', args.visit) }),
  'ticket.reopen': only('ticket'),
  'ticket.close': ticketAndCause,
  'ticket.withdraw': only('ticket'),
  'ticket.watch': only('ticket'),
  'ticket.unwatch': only('ticket'),
  'ticket.link': bothTickets,
  'ticket.unlink': bothTickets,
  'ticket.again': ticketAndCause,
  'ticket.acknowledge': only('ticket'),
  'ticket.review': only('ticket'),
  // What a customer was told is our answer, and the ticket tells so.
  'message.write': (args) => ({
    rows: [rowKey('message', args.message), ...(args.audience === 'customer' ? [rowKey('ticket', args.ticket)] : [])],
    refs: [rowKey('ticket', args.ticket)],
  }),
  'message.withdraw': only('message'),
  // Whoever is asked watches the ticket from then on.
  'help.ask': (args) => ({ rows: [rowKey('help', args.help), rowKey('ticket', args.ticket)], refs: [] }),
  'help.answer': only('help'),
  'help.withdraw': only('help'),
  'cause.settle': only('cause'),
  'cause.change': only('cause'),
  'entry.retry': ofEntry,
  'entry.discard': ofEntry,
}

export function touches(entry: Entry): Touches {
  const read = TABLE[entry.kind] as ((args: Entry['args']) => Touches) | undefined
  const found = read?.(entry.args) ?? { rows: [], refs: [] }
  return entry.supersedes === undefined ? found : { ...found, target: entry.supersedes }
}
