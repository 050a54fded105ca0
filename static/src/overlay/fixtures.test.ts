import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import type { Member } from '../shapes/member'
import { READERS, type ShapeName, type Shapes } from '../shapes/row'
import { LAID, type LaidName } from './ground'
import { lay, type Base, type Overlay } from './lay'
import { REDUCERS } from './reduce'

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
  /** rows that are no longer there */
  gone?: Partial<Record<LaidName, string[]>>
  /** nouns that change as well, which the phone leaves to the server here */
  unforeseen?: string[]
  /** the keys of a noun that both sides know; all but the hidden ones where nothing is said */
  compare?: Partial<Record<LaidName, string[]>>
}

/** As a file has it: rows that many files share are named, and so is a member. */
type Written = Omit<Fixture, 'actor'> & { actor: Member | string; ground?: string }

/** What only the server can know, and what only the phone does. */
const HIDDEN = ['flags', 'skew_s', 'received_at', 'needs', 'customers', 'is_removed']
/** By the server's clock: the phone knows that it happened. */
const SERVER_TIMES = ['closed_at', 'read_at']
/** Of a step, which is a part of its ticket, only the server can know these. */
const STEP_HIDDEN = ['id', 'counts_at', 'skew_s', 'received_at']

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
    products: byId(rows(base, 'product')),
    chips: byId(rows(base, 'chip')),
    timeZone: rows(base, 'organization')[0]?.time_zone ?? 'Asia/Seoul',
    members: byId(rows(base, 'member')),
    teams: byId(rows(base, 'team')),
  }
}

function known(row: object, keys: readonly string[] | undefined): Fields {
  const isKnown = (key: string) => (keys === undefined ? !HIDDEN.includes(key) : keys.includes(key))
  return timeless(Object.fromEntries(Object.entries(row).filter(([key]) => isKnown(key))))
}

function timeless(row: Fields): Fields {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, toldOf(key, value)]))
}

function toldOf(key: string, value: unknown): unknown {
  if (key === 'steps') return (value as Fields[]).map(told)
  return SERVER_TIMES.includes(key) ? value !== null : value
}

function told(step: Fields): Fields {
  return Object.fromEntries(Object.entries(step).filter(([key]) => !STEP_HIDDEN.includes(key)))
}

function isGone(row: object): boolean {
  return 'is_removed' in row && row.is_removed === true
}

/** Changed rows, and those the server makes: a conflict that is coming has no id yet. */
function changedRows(overlay: Overlay, name: LaidName): object[] {
  const coming = name === 'conflict' ? overlay.clashes.map((clash) => ({ ...clash, choice: null, resolved_by: null })) : []
  return [...[...overlay[name].values()].filter((row) => !isGone(row)), ...coming]
}

function expectedRows({ expected, removed, compare }: Fixture, name: LaidName): Fields[] {
  const gone = new Set((removed?.[name] ?? []).map((row) => row.id))
  // What is not on the phone is not shown before the server sends it.
  const shown = (expected[name] ?? []).filter((row) => !gone.has(String(row.id)))
  return shown.map((row) => (compare?.[name] === undefined ? timeless(row) : known(row, compare[name])))
}

function goneRows(overlay: Overlay, name: LaidName): string[] {
  return [...overlay[name].values()].filter(isGone).map((row) => row.id)
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'))
}

function readFixture(file: string): Fixture {
  const { actor: named, ground, ...written } = json(file) as Written
  const shared = ground === undefined ? {} : (json(`ground/${ground}.json`) as Fixture['base'])
  const names = [...new Set([...Object.keys(shared), ...Object.keys(written.base)])] as ShapeName[]
  const base: Fixture['base'] = Object.fromEntries(names.map((name) => [name, [...(shared[name] ?? []), ...(written.base[name] ?? [])]]))
  const actor = typeof named === 'string' ? rows(base, 'member').find((member) => member.id === named) : named
  return { ...written, base, actor: actor! }
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const fixtures = files.map((file) => [file, readFixture(file)] as const)

describe('the overlay equals the server', () => {
  it.each(fixtures)('%s', (_, fixture) => {
    const overlay = lay(baseOf(fixture), [fixture.entry])
    for (const name of LAID) {
      const changed = changedRows(overlay, name).map((row) => known(row, fixture.compare?.[name]))
      if (!fixture.unforeseen?.includes(name)) expect(changed, name).toEqual(expectedRows(fixture, name))
      expect(goneRows(overlay, name), name).toEqual(fixture.gone?.[name] ?? [])
    }
  })

  it('has cases for every kind that changes rows', () => {
    const kinds = new Set(fixtures.map(([, fixture]) => fixture.kind))
    expect([...kinds].sort()).toEqual(Object.keys(REDUCERS).filter((kind) => !kind.startsWith('entry.')).sort())
  })
})
