import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { weightAt, type Parts } from './weight'

/** The same file is run by the server (tests/needs/test_weights.py). */
const FILE = new URL('../../../../tests/fixtures/weights.json', import.meta.url)
const cases = JSON.parse(readFileSync(FILE, 'utf8')) as { name: string; tally: Parts; at: string; weight: number }[]

describe('what a need weighs', () => {
  it.each(cases)('$name', ({ tally, at, weight }) => {
    const found = weightAt(tally, Date.parse(at))
    expect(found.weight).toBeCloseTo(weight, 7)
    expect(found.importance * found.customers * found.recency * found.diversity).toBeCloseTo(weight, 7)
  })

  it('is nothing before the server has added it up', () => {
    expect(weightAt(undefined, Date.now()).weight).toBe(0)
  })
})
