import { allConflicts, conflictsById, conflictsOfCustomer } from '../db/conflicts'
import { allRows } from '../db/read'
import type { Phone } from '../db/schema'
import { readUndoable } from '../db/undoable'
import { assetName } from '../shapes/asset'
import type { Conflict } from '../shapes/conflict'
import type { Customer } from '../shapes/customer'
import type { Member } from '../shapes/member'
import type { Shapes } from '../shapes/row'
import type { SharedName } from '../shapes/shared'
import { rowKey } from '../shapes/touches'
import { editsNeeds } from '../overlay/rights'
import { worksOnTickets } from '../overlay/ticketRights'
import { editsIn } from './editing'
import { markOf } from './lineOf'
import type { EntryState } from './lines'
import { liveRead, type Live } from './live'
import { compare } from './order'
import { over } from './over'
import { present } from './present'
import { readProjection, type Projection } from './projection'
import { shownById, shownCustomers } from './shared'

export const CONFLICT_FILTERS = ['open', 'mine', 'decided'] as const
export type ConflictFilter = (typeof CONFLICT_FILTERS)[number]

const MOST_LISTED = 200

export interface ConflictLine {
  conflict: Conflict
  customer?: Customer
  /** the name of the site, the person, the asset or the need the field belongs to; of a ticket or a cause its first words */
  part?: string
  /** what the memo holds that both values could go to */
  memo: string
  /** what the row holds now, in order of names; undefined when this phone does not hold the row */
  now?: unknown[]
  /** who came later, who was first, and who decided */
  writer?: Member
  former?: Member
  resolver?: Member
  isWriter: boolean
  isFormer: boolean
  isResolver: boolean
  /** decide: everything. let_go: the row is gone or out of reach, but it can be ended. look: nothing. */
  may: 'decide' | 'let_go' | 'look'
  /** whether both values may go to that memo: of a ticket it is the customer's, which not all who decide may edit */
  mayNote: boolean
  /** how an own decision stands */
  entryState: EntryState
  /** a decision was tapped and can be undone until then */
  undoUntil?: string
}

export interface ConflictCard {
  line: ConflictLine
  /** what else of this customer waits for a decision */
  others: ConflictLine[]
}

function mayOf(isEditor: boolean, isHeld: boolean, isWriter: boolean): ConflictLine['may'] {
  if (isEditor && isHeld) return 'decide'
  return isEditor || isWriter ? 'let_go' : 'look'
}

class Reader {
  private constructor(
    private readonly db: Phone,
    private readonly projection: Projection,
    private readonly members: ReadonlyMap<string, Member>,
    private readonly undoable: ReadonlyMap<string, string>,
    private readonly edits: (territory: string) => boolean,
  ) {}

  static async at(db: Phone): Promise<Reader> {
    const projection = await readProjection(db)
    const members = await allRows(db, 'member')
    return new Reader(db, projection, members, await readUndoable(db, 'resolve'), await editsIn(db, projection.actor))
  }

  /** Conflicts as they are shown: own decisions that are on their way lie over them. */
  shown(base: readonly Conflict[], isWanted: (row: Conflict) => boolean): Conflict[] {
    const ids = new Set(base.map((row) => row.id))
    return over(base, this.projection.overlay.conflict, (row) => ids.has(row.id) && isWanted(row)).sort(newestFirst)
  }

  get me(): string {
    return this.projection.actor.id
  }

  async lines(rows: readonly Conflict[]): Promise<ConflictLine[]> {
    const customers = await shownCustomers(this.db, this.projection, rows.map((row) => row.customer))
    const lines: ConflictLine[] = []
    for (const row of rows) lines.push(await this.line(row, customers.get(row.customer)))
    return lines
  }

  private mayDecide(conflict: Conflict, customer: Customer | undefined): boolean {
    if (conflict.shape === 'ticket' || conflict.shape === 'cause') return worksOnTickets(this.projection.actor)
    return this.mayNote(conflict, customer)
  }

  /** By whose memo it is. */
  private mayNote({ shape }: Conflict, customer: Customer | undefined): boolean {
    if (shape === 'need') return editsNeeds(this.projection.actor)
    return customer !== undefined && this.edits(customer.territory)
  }

  private async line(conflict: Conflict, customer: Customer | undefined): Promise<ConflictLine> {
    const { shape, row: id } = conflict
    const row = (await shownById(this.db, this.projection, shape, [id])).get(id)
    const isEditor = this.mayDecide(conflict, customer)
    const who = (member: string | null) => (member === null ? undefined : this.members.get(member))
    const mark = markOf(this.projection, rowKey('conflict', conflict.id), conflict.member)
    return {
      conflict,
      isWriter: mark.isMine,
      isFormer: conflict.their_member === this.me,
      isResolver: conflict.resolved_by === this.me,
      may: mayOf(isEditor, row !== undefined, mark.isMine),
      mayNote: row !== undefined && this.mayNote(conflict, customer),
      entryState: mark.entryState,
      memo: (row !== undefined && 'memo' in row ? row : customer)?.memo ?? '',
      ...present<Pick<ConflictLine, 'customer' | 'part' | 'now' | 'writer' | 'former' | 'resolver' | 'undoUntil'>>({
        customer,
        part: partOf(row),
        now: row && conflict.names.map((name) => (row as unknown as Record<string, unknown>)[name]),
        writer: who(conflict.member),
        former: who(conflict.their_member),
        resolver: who(conflict.resolved_by),
        undoUntil: this.undoable.get(conflict.id),
      }),
    }
  }
}

/** What of a customer it is; the customer itself is named anyway. */
function partOf(row: Shapes[SharedName] | undefined): string | undefined {
  if (row === undefined || !('customer' in row)) return undefined
  if ('milestones' in row) return row.title
  if ('serial' in row) return assetName(row)
  return 'text' in row ? firstLine(row.text) : row.name
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function newestFirst(a: Conflict, b: Conflict): number {
  return compare(b.received_at, a.received_at) || compare(b.id, a.id)
}

function isOpen(conflict: Conflict): boolean {
  return conflict.closed_at === null
}

async function readList(db: Phone, filter: ConflictFilter): Promise<ConflictLine[]> {
  const reader = await Reader.at(db)
  const isMine = (row: Conflict) => row.member === reader.me || row.their_member === reader.me
  const isWanted = {
    open: isOpen,
    mine: (row: Conflict) => isOpen(row) && isMine(row),
    decided: (row: Conflict) => !isOpen(row),
  }[filter]
  return reader.lines(reader.shown(await allConflicts(db), isWanted).slice(0, MOST_LISTED))
}

async function readCard(db: Phone, id: string): Promise<ConflictCard | null> {
  const reader = await Reader.at(db)
  const base = (await conflictsById(db, [id])).get(id)
  if (base === undefined) return null
  const same = reader.shown(await conflictsOfCustomer(db, base.customer), (row) => row.id === id || isOpen(row))
  const lines = await reader.lines(same)
  return { line: lines.find((line) => line.conflict.id === id)!, others: lines.filter((line) => line.conflict.id !== id) }
}

/** Fields that two people set to different values, the newest first. */
export function conflicts(filter: ConflictFilter): Live<ConflictLine[] | undefined> {
  return liveRead((db) => readList(db, filter))
}

/** undefined while loading, null when this phone does not hold it. */
export function conflictCard(id: string): Live<ConflictCard | null | undefined> {
  return liveRead((db) => readCard(db, id))
}
