import type { Phone } from '../db/schema'
import type { Answer } from '../net/http'
import { addSetUp, changeSetUp, removeSetUp, startSetUp, type Seen } from '../net/setUp'
import { isFields, text, type Fields } from '../shapes/fields'
import { newId } from '../shapes/id'
import { readRow, type Row } from '../shapes/row'
import type { SetUpName, Versioned } from '../shapes/setUp'
import { deedOf, type Deed } from './consoleDeeds'
import { live, type Live } from './live'
import { compare } from './order'
import { wakeSync } from './running'

async function readRows<Name extends SetUpName>(db: Phone, name: Name): Promise<Versioned<Name>[]> {
  const rows: Row[] = await db[name].toArray()
  return rows.map((row) => ({ ...readRow(name, row), rv: row.rv })).sort((a, b) => compare(a.id, b.id))
}

/** What is set up, as this phone holds it, in the order of its making. */
export function setUpRows<Name extends SetUpName>(name: Name): Live<Versioned<Name>[] | undefined> {
  return live((db) => readRows(db, name), undefined)
}

/** What was done comes back with the next page, as everything does. */
async function done<T>(answer: Promise<Answer>, result: (body: unknown) => T): Promise<Deed<T>> {
  const deed = deedOf(await answer, result)
  if (deed.kind === 'done') wakeSync()
  return deed
}

/** Chips in the organization's language and office hours, where there are none. */
export async function startRows(): Promise<Deed> {
  return done(startSetUp(), () => undefined)
}

/** `values` by their names on the wire. The result is the id of the new row. */
export async function addRow(name: SetUpName, values: Fields): Promise<Deed<string>> {
  return done(addSetUp(name, { id: newId(), ...values }), (body) => (isFields(body) ? text(body, 'id') : ''))
}

/** Refused as stale when somebody changed the row meanwhile. */
export async function changeRow(name: SetUpName, row: Seen, values: Fields): Promise<Deed> {
  return done(changeSetUp(name, row, values), () => undefined)
}

export async function removeRow(name: SetUpName, row: Seen): Promise<Deed> {
  return done(removeSetUp(name, row), () => undefined)
}
