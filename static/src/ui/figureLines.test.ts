import { describe, expect, it } from 'vitest'
import { readTicketFigures } from '../shapes/ticketFigures'
import { figureLines } from './figureLines'
import { koTickets } from './words/tickets.ko'

const figures = readTicketFigures({
  kept_by_customer: [{ id: 'c1', tickets: 5, response_met: 3, response_missed: 1, resolution_met: 2, resolution_missed: 2 }, { id: null, tickets: 1 }],
  again_by_cause: [{ id: 'k1', tickets: 4, recurrences: 1 }],
})!
const say = { count: (n: number) => String(n), percent: (share: number) => `${Math.round(share * 100)}%` }
const told = figureLines(figures, { keptBy: 'customer', againBy: 'cause' }, (id) => id ?? '정하지 않음', koTickets, say)

describe('figures of tickets', () => {
  it('tell what was kept, and of how many', () => {
    expect(told.kept[0]).toMatchObject({ name: 'c1', share: 5 / 8, told: '63% 지킴', details: '답변 3/4 · 해결 2/4' })
    expect(told.kept[1]).toMatchObject({ name: '정하지 않음', share: undefined, told: '약속한 시간 없음', details: '' })
  })

  it('tell how much came back', () => {
    expect(told.again).toEqual([{ key: 'k1', name: 'k1', share: 1 / 4, told: '25% 재발', details: '4건 중 1건', isBad: true }])
  })
})
