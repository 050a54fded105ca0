import { readMeta } from '../../db/meta'
import { allRows, byId } from '../../db/read'
import { readUndoable, type UndoableKind } from '../../db/undoable'
import type { Phone } from '../../db/schema'
import type { LaidName } from '../../overlay/ground'
import { rowsOf } from '../../overlay/lay'
import { coverage } from '../../overlay/rights'
import type { Contact } from '../../shapes/contact'
import type { Customer } from '../../shapes/customer'
import type { Member } from '../../shapes/member'
import type { Product } from '../../shapes/product'
import type { Shapes } from '../../shapes/row'
import type { Team } from '../../shapes/team'
import { dayOf } from '../../shapes/time'
import { rowKey } from '../../shapes/touches'
import { markOf } from '../lineOf'
import { over } from '../over'
import { readProjection, type Projection } from '../projection'

/** Rows as they are shown, at one moment: what is pending lies over the base. */
export class Reader {
  private constructor(
    readonly db: Phone,
    readonly projection: Projection,
    readonly members: ReadonlyMap<string, Member>,
    private readonly teams: ReadonlyMap<string, Team>,
    readonly now: number,
    readonly covers: (territory: string) => boolean,
  ) {}

  static async at(db: Phone, now = Date.now()): Promise<Reader> {
    const projection = await readProjection(db)
    const members = await allRows(db, 'member')
    const teams = await allRows(db, 'team')
    return new Reader(db, projection, members, teams, now, coverage(projection.actor, { members, teams }))
  }

  get actor(): Member {
    return this.projection.actor
  }

  member(id: string | null): Member | undefined {
    return id === null ? undefined : this.members.get(id)
  }

  team(id: string): Team | undefined {
    return this.teams.get(id)
  }

  /** The day by the organization's calendar. */
  async dayOf(moment: string | Date): Promise<string> {
    return dayOf(moment, (await readMeta(this.db, 'me'))?.organization.time_zone ?? 'Asia/Seoul')
  }

  /** Base rows with what is pending over them, and what only pending entries make. */
  over<Name extends LaidName>(name: Name, base: readonly Shapes[Name][], isWanted: (row: Shapes[Name]) => boolean): Shapes[Name][] {
    return over(base, rowsOf(this.projection.overlay, name), isWanted)
  }

  /** Rows by id; absent where this phone does not hold them. */
  async byId<Name extends LaidName>(name: Name, ids: readonly (string | null)[]): Promise<Map<string, Shapes[Name]>> {
    const wanted = new Set(ids.filter((id) => id !== null))
    const base = wanted.size === 0 ? [] : [...(await byId(this.db, name, [...wanted])).values()]
    return new Map(this.over(name, base, (row) => wanted.has(row.id)).map((row) => [row.id, row]))
  }

  async customers(ids: readonly (string | null)[]): Promise<Map<string, Customer>> {
    return this.byId('customer', ids)
  }

  async contacts(ids: readonly (string | null)[]): Promise<Map<string, Contact>> {
    return this.byId('contact', ids)
  }

  async products(ids: readonly (string | null)[]): Promise<Map<string, Product>> {
    return byId(this.db, 'product', ids.filter((id) => id !== null))
  }

  async undoable(kind: UndoableKind): Promise<Map<string, string>> {
    return readUndoable(this.db, kind)
  }

  /** Whether I read what lies in a territory. */
  reads(customer: Customer | undefined): boolean {
    return customer !== undefined && this.covers(customer.territory)
  }

  mark(name: LaidName, row: { id: string; member: string }): ReturnType<typeof markOf> {
    return markOf(this.projection, rowKey(name, row.id), row.member)
  }
}
