import type { Entry, Kind, KindArgs } from './entry'

/** Which rows an entry makes or changes, which it only refers to, and which entry it deals with. */
export interface Touches {
  rows: string[]
  refs: string[]
  target?: string
}

type Table = { readonly [K in Kind]: (args: KindArgs[K]) => Touches }

export function rowKey(shape: 'visit' | 'commitment' | 'comment', id: string): string {
  return `${shape}:${id}`
}

function ofVisit(args: { visit: string }): Touches {
  return { rows: [rowKey('visit', args.visit)], refs: [] }
}

function ofCommitment(args: { commitment: string }): Touches {
  return { rows: [rowKey('commitment', args.commitment)], refs: [] }
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
  'entry.retry': ofEntry,
  'entry.discard': ofEntry,
}

export function touches(entry: Entry): Touches {
  const read = TABLE[entry.kind] as ((args: Entry['args']) => Touches) | undefined
  const found = read?.(entry.args) ?? { rows: [], refs: [] }
  return entry.supersedes === undefined ? found : { ...found, target: entry.supersedes }
}
