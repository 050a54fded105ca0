import { announce } from '../db/changes'
import type { CursorState } from '../db/meta'
import { sweep, writePage, type Asked, type Page } from '../db/page'
import type { RowChange } from '../db/rows'
import type { Phone } from '../db/schema'
import type { PullAnswer } from '../shapes/messages'

/**
 * The rows of a first sync that are in the base already. While it is known, no row has to be looked up before it is
 * written. Bound to the cursor: if another tab went on meanwhile, it knows nothing.
 */
export class KnownRows {
  private ids = new Set<string>()
  private stand: CursorState | undefined

  has(shape: string, id: string): boolean {
    return this.ids.has(`${shape}:${id}`)
  }

  /** This, when it knows every row of the generation up to the cursor. */
  at(cursor: CursorState): KnownRows | undefined {
    if (cursor.text === null) {
      this.ids = new Set()
      this.stand = cursor
    }
    const isSame = this.stand?.text === cursor.text && this.stand.generation === cursor.generation
    return isSame ? this : undefined
  }

  note(rows: readonly RowChange[], cursor: CursorState): void {
    for (const row of rows) this.ids.add(`${row.t}:${row.id}`)
    this.stand = cursor
  }

  forget(): void {
    this.ids = new Set()
    this.stand = undefined
  }
}

function pageOf(answer: PullAnswer & { cursor: string }): Page {
  const { cursor, more, drop, rows, settled, settled_n: settledN, server_time: serverTime, total } = answer
  return { cursor, more, drop, rows, settled, settledN, serverTime, ...(total === undefined ? {} : { total }) }
}

/** Applies one page and, at the head, sweeps what a first sync left behind. False when the page came too late to be taken. */
export async function applyPage(
  db: Phone,
  asked: Asked,
  answer: PullAnswer & { cursor: string },
  knownRows: KnownRows,
): Promise<boolean> {
  const known = knownRows.at(asked.cursor)
  const touched = await writePage(db, asked, pageOf(answer), known)
  if (touched === undefined) return false
  known?.note(answer.rows, { ...asked.cursor, text: answer.cursor })
  announce(db, { rows: touched })
  if (answer.more) return true
  knownRows.forget()
  announce(db, { rows: await sweep(db) })
  return true
}
