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

function ofVisit(args: { visit: string }): Touches {
  return { rows: [rowKey('visit', args.visit)], refs: [] }
}

function ofCommitment(args: { commitment: string }): Touches {
  return { rows: [rowKey('commitment', args.commitment)], refs: [] }
}

function ofCustomer(args: { customer: string }): Touches {
  return { rows: [rowKey('customer', args.customer)], refs: [] }
}

function ofSite(args: { site: string }): Touches {
  return { rows: [rowKey('site', args.site)], refs: [] }
}

function ofContact(args: { contact: string }): Touches {
  return { rows: [rowKey('contact', args.contact)], refs: [] }
}

function ofEntry(args: { entry: string }): Touches {
  return { rows: [], refs: [], target: args.entry }
}

const TABLE: Table = {
  'visit.plan': ofVisit,
  'visit.cancel': ofVisit,
  'visit.arrive': ofVisit,
  'visit.log': (args) => ({
    rows: [rowKey('visit', args.visit), ...(args.next_step ? [rowKey('commitment', args.next_step.commitment)] : [])],
    refs: [],
  }),
  'visit.amend': ofVisit,
  'visit.withdraw': ofVisit,
  'commitment.make': (args) => ({
    rows: [rowKey('commitment', args.commitment)],
    refs: args.visit ? [rowKey('visit', args.visit)] : [],
  }),
  'commitment.keep': ofCommitment,
  'commitment.move': ofCommitment,
  'comment.add': (args) => ({ rows: [rowKey('comment', args.comment)], refs: [rowKey('visit', args.visit)] }),
  'comment.withdraw': (args) => ({ rows: [rowKey('comment', args.comment)], refs: [] }),
  'customer.change': ofCustomer,
  'customer.restore': (args) => ({ ...ofCustomer(args), isFirst: true }),
  'site.change': ofSite,
  'site.restore': (args) => ({ ...ofSite(args), isFirst: true }),
  'contact.change': ofContact,
  'contact.restore': (args) => ({ ...ofContact(args), isFirst: true }),
  // The row it may change is known to whoever writes it, and is named there.
  'conflict.resolve': (args) => ({ rows: [rowKey('conflict', args.conflict)], refs: [] }),
  'entry.retry': ofEntry,
  'entry.discard': ofEntry,
}

export function touches(entry: Entry): Touches {
  const read = TABLE[entry.kind] as ((args: Entry['args']) => Touches) | undefined
  const found = read?.(entry.args) ?? { rows: [], refs: [] }
  return entry.supersedes === undefined ? found : { ...found, target: entry.supersedes }
}
