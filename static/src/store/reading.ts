import type { Visit } from '../shapes/visit'
import { compare, happenedAt } from './order'

interface Wish {
  /** how often the reader has asked for what is new */
  showings: number
  /** how many items the reader has asked for */
  limit: number
  isMine(visit: Visit): boolean
}

export interface Admitted {
  shown: Visit[]
  fresh: number
  hasMore: boolean
}

/** Remembers which items a reader has before the eyes, so that nothing slips in between while they are read. */
export class Reading {
  private readonly admitted = new Set<string>()
  private showings = -1
  /** the oldest item before the eyes */
  private oldest = ''

  get hasBegun(): boolean {
    return this.showings >= 0
  }

  /** Visits come newest first. Own ones are always let in: their author waits for them. */
  admit(visits: readonly Visit[], wish: Wish): Admitted {
    if (wish.showings !== this.showings) this.letIn(visits.slice(0, wish.limit))
    this.showings = wish.showings
    this.goBack(visits, wish.limit)
    const isNew = (visit: Visit) => !this.admitted.has(visit.id) && compare(happenedAt(visit), this.oldest) >= 0
    for (const visit of visits) if (isNew(visit) && wish.isMine(visit)) this.admitted.add(visit.id)
    return {
      shown: visits.filter((visit) => this.admitted.has(visit.id)),
      fresh: visits.filter(isNew).length,
      hasMore: visits.some((visit) => compare(happenedAt(visit), this.oldest) < 0),
    }
  }

  /** Older ones than those shown disturb nobody: they come below. */
  private goBack(visits: readonly Visit[], limit: number): void {
    const room = limit - visits.filter((visit) => this.admitted.has(visit.id)).length
    const older = visits.filter((visit) => compare(happenedAt(visit), this.oldest) < 0)
    if (room > 0) this.letIn(older.slice(0, room))
  }

  private letIn(visits: readonly Visit[]): void {
    for (const visit of visits) {
      this.admitted.add(visit.id)
      if (this.oldest === '' || compare(happenedAt(visit), this.oldest) < 0) this.oldest = happenedAt(visit)
    }
  }
}
