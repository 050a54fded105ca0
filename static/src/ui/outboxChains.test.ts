import { describe, expect, it } from 'vitest'
import { chainsOf } from './outboxChains'

const item = (entryId: string, n: number, waitsFor?: string) => ({ entryId, n, ...(waitsFor === undefined ? {} : { waitsFor }) })

function told(items: ReturnType<typeof item>[]): Record<string, string[]> {
  return Object.fromEntries(chainsOf(items).map((chain) => [chain.item.entryId, chain.waiting.map((one) => one.entryId)]))
}

describe('entries that wait', () => {
  it('stand under the one they wait for, in the order they were written', () => {
    expect(told([item('a', 1), item('c', 3, 'a'), item('b', 2, 'a'), item('d', 4)])).toEqual({ a: ['b', 'c'], d: [] })
  })

  it('stand under the end of a longer chain', () => {
    expect(told([item('c', 3, 'b'), item('b', 2, 'a'), item('a', 1)])).toEqual({ a: ['b', 'c'] })
  })

  it('stand by themselves when what they wait for is not listed', () => {
    expect(told([item('b', 2, 'gone'), item('c', 3, 'b')])).toEqual({ b: ['c'] })
  })

  it('are shown although they wait for each other', () => {
    const found = chainsOf([item('a', 1, 'b'), item('b', 2, 'a')])
    expect(found.flatMap((chain) => [chain.item, ...chain.waiting]).map((one) => one.entryId).sort()).toEqual(['a', 'b'])
  })
})
