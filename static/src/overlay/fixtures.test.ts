import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import type { Member } from '../shapes/member'
import { READERS, type ShapeName, type Shapes } from '../shapes/row'
import { LAID, type LaidName } from './ground'
import { lay, type Base, type Overlay } from './lay'

/** The same files are run against the server: what the phone shows while it waits is what the server will say. */
const FOLDER = new URL('../../../tests/fixtures/overlay/', import.meta.url)

type Rows<Name extends ShapeName> = Partial<Record<Name, (Fields & { id: string })[]>>

interface Fixture {
  name: string
  kind: string
  actor: Member
  base: Rows<ShapeName>
  /** rows that were removed, all at one moment: the server has them still, and no phone does */
  removed?: Rows<ShapeName>
  entry: Entry
  /** rows that are other than before */
  expected: Partial<Record<LaidName, Fields[]>>
  /** the keys of a noun that both sides know; all but the hidden ones where nothing is said */
  compare?: Partial<Record<LaidName, string[]>>
}

/** What only the server can know. */
const HIDDEN = ['flags', 'skew_s', 'received_at']

function rows<Name extends ShapeName>(base: Fixture['base'], name: Name): Shapes[Name][] {
  return (base[name] ?? []).map((f) => READERS[name](f.id, f))
}

function byId<T extends { id: string }>(all: readonly T[]): Map<string, T> {
  return new Map(all.map((row) => [row.id, row]))
}

function baseOf({ actor, base }: Fixture): Base {
  return {
    actor,
    rows: Object.fromEntries(LAID.map((name) => [name, rows(base, name)])) as unknown as Base['rows'],
    territories: new Set(rows(base, 'territory').map((territory) => territory.id)),
    members: byId(rows(base, 'member')),
    teams: byId(rows(base, 'team')),
  }
}

function known(row: object, keys: readonly string[] | undefined): Fields {
  const isKnown = (key: string) => (keys === undefined ? !HIDDEN.includes(key) : keys.includes(key))
  return Object.fromEntries(Object.entries(row).filter(([key]) => isKnown(key)))
}

/** Changed rows, and those the server makes: a conflict that is coming has no id yet. */
function changedRows(overlay: Overlay, name: LaidName): object[] {
  const coming = name === 'conflict' ? overlay.clashes.map((clash) => ({ ...clash, choice: null, resolved_by: null })) : []
  return [...overlay[name].values(), ...coming]
}

function expectedRows({ expected, removed, compare }: Fixture, name: LaidName): Fields[] {
  const gone = new Set((removed?.[name] ?? []).map((row) => row.id))
  // What is not on the phone is not shown before the server sends it.
  const shown = (expected[name] ?? []).filter((row) => !gone.has(String(row.id)))
  return compare?.[name] === undefined ? shown : shown.map((row) => known(row, compare[name]))
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const fixtures = files.map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Fixture] as const)

describe('the overlay equals the server', () => {
  it.each(fixtures)('%s', (_, fixture) => {
    const overlay = lay(baseOf(fixture), [fixture.entry])
    for (const name of LAID) {
      const changed = changedRows(overlay, name).map((row) => known(row, fixture.compare?.[name]))
      expect(changed, name).toEqual(expectedRows(fixture, name))
    }
  })

  it('has cases for every kind that changes rows', () => {
    const kinds = new Set(fixtures.map(([, fixture]) => fixture.kind))
    expect([...kinds].sort()).toEqual([
      'comment.add',
      'comment.withdraw',
      'commitment.keep',
      'commitment.make',
      'commitment.move',
      'conflict.resolve',
      'contact.change',
      'contact.restore',
      'customer.change',
      'customer.restore',
      'site.change',
      'site.restore',
      'visit.amend',
      'visit.arrive',
      'visit.cancel',
      'visit.log',
      'visit.plan',
      'visit.withdraw',
    ])
  })
})
