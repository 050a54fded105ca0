import { expect } from 'vitest'
import type { Phone } from '../db/schema'
import { SHAPE_NAMES } from '../shapes/row'
import type { FakeServer } from './server'

/** I6: what the phone holds is what the server would show, row by row, and nothing else. */
export async function expectSameRows(db: Phone, server: FakeServer): Promise<void> {
  for (const name of SHAPE_NAMES) {
    const rows = await db[name].toArray()
    const held = Object.fromEntries(rows.map((row) => [row.id, row.f]))
    const shown = Object.fromEntries(server.rowsOf(name).map((id) => [id, server.fields(name, id)]))
    expect(held, name).toEqual(shown)
  }
}
