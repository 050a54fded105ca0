import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../shapes/entry'
import type { Fields } from '../shapes/fields'
import type { Member } from '../shapes/member'
import { READERS, type ShapeName, type Shapes } from '../shapes/row'
import { lay, type Base } from './lay'

/** The same files are run against the server: what the phone shows while it waits is what the server will say. */
const FOLDER = new URL('../../../tests/fixtures/overlay/', import.meta.url)

interface Fixture {
  name: string
  kind: string
  actor: Member
  base: Partial<Record<ShapeName, (Fields & { id: string })[]>>
  entry: Entry
  expected: Partial<Record<'visit' | 'commitment' | 'comment', Fields[]>>
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
    visits: rows(base, 'visit'),
    commitments: rows(base, 'commitment'),
    comments: rows(base, 'comment'),
    sites: byId(rows(base, 'site')),
    members: byId(rows(base, 'member')),
    teams: byId(rows(base, 'team')),
  }
}

function known(row: object): Fields {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !HIDDEN.includes(key)))
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const fixtures = files.map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Fixture] as const)

describe('the overlay equals the server', () => {
  it.each(fixtures)('%s', (_, fixture) => {
    const overlay = lay(baseOf(fixture), [fixture.entry])
    for (const shape of ['visit', 'commitment', 'comment'] as const) {
      const changed = [...overlay[shape].values()].map(known)
      expect(changed, shape).toEqual(fixture.expected[shape] ?? [])
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
      'visit.amend',
      'visit.arrive',
      'visit.cancel',
      'visit.log',
      'visit.plan',
      'visit.withdraw',
    ])
  })
})
