import { describe, expect, it } from 'vitest'
import { historyLines } from './historyLines'

function edit(field: string, after: unknown, at = '2026-11-24T04:00:00.000Z') {
  return { field, before: null, after, member: 'm', made_at: at, received_at: at }
}

describe('a history', () => {
  it('tells of a place once, though it has two coordinates', () => {
    const lines = historyLines('site', [edit('longitude', 127), edit('address', 'x'), edit('latitude', 37.5), edit('latitude', 36, 'earlier')])
    expect(lines.map((line) => [line.names, line.after])).toEqual([
      [['latitude', 'longitude'], [37.5, 127]],
      [['address'], ['x']],
      [['latitude'], [36]],
    ])
  })

  it('keeps fields of which this version does not know', () => {
    expect(historyLines('customer', [edit('colour', 'red')])[0]?.names).toEqual(['colour'])
  })
})
