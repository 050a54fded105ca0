import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMS, SHARED_NAMES, type Values } from '../shapes/shared'
import { merge } from './merge'

const values = fc.constantFrom('', 'a', 'b', 'c')

/** A row, what its writer saw of it and what they wrote, for some fields of some noun. */
const edits = fc.constantFrom(...SHARED_NAMES).chain((shape) => {
  const names = Object.keys(FORMS[shape])
  const row = fc.record(Object.fromEntries(names.map((name) => [name, values])))
  return fc.record({ shape: fc.constant(shape), current: row, seen: row, wanted: fc.tuple(row, fc.subarray(names)) })
})

function part([row, names]: [Values, string[]], isPlace: boolean): Values {
  // Both coordinates are always written at once.
  const whole = names.includes('latitude') || names.includes('longitude') ? [...names, 'latitude', 'longitude'] : names
  return Object.fromEntries((isPlace ? whole : names).map((name) => [name, row[name]]))
}

describe('a merge', () => {
  it('I12: loses nothing that somebody wrote: it stands in the row or in a clash', () => {
    fc.assert(
      fc.property(edits, ({ shape, current, seen, wanted: chosen }) => {
        const wanted = part(chosen, shape === 'site')
        const merged = merge(shape, current, seen, wanted)
        const after: Values = { ...current, ...merged.values }
        for (const [name, value] of Object.entries(wanted)) {
          const clash = merged.clashes.find((one) => one.names.includes(name))
          const at = clash?.names.indexOf(name) ?? 0
          const isUnwritten = value === seen[name]
          expect(isUnwritten || after[name] === value || clash?.mine[at] === value, `mine: ${name}`).toBe(true)
          expect(after[name] === current[name] || current[name] === seen[name] || clash?.theirs[at] === current[name], `theirs: ${name}`).toBe(true)
        }
      }),
    )
  })

  it('of an edit that saw the row as it is meets nobody', () => {
    fc.assert(
      fc.property(edits, ({ shape, current, wanted: chosen }) => {
        const wanted = part(chosen, shape === 'site')
        const merged = merge(shape, current, current, wanted)
        expect(merged.clashes).toEqual([])
        expect({ ...current, ...merged.values }).toEqual({ ...current, ...wanted })
      }),
    )
  })

  it('done twice does nothing more', () => {
    fc.assert(
      fc.property(edits, ({ shape, current, seen, wanted: chosen }) => {
        const wanted = part(chosen, shape === 'site')
        const after = { ...current, ...merge(shape, current, seen, wanted).values }
        expect({ ...after, ...merge(shape, after, seen, wanted).values }).toEqual(after)
      }),
    )
  })
})
