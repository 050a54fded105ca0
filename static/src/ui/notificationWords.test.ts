import { describe, expect, it } from 'vitest'
import { MAIL_OF } from '../shapes/notification'
import { notificationAddress, notificationSentence } from './notificationWords'
import { enNeeds } from './words/needs.en'
import { koNeeds } from './words/needs.ko'

const params = {
  title: '조용한 펌프',
  into: '소음',
  stage: 'built',
  customer: '대한철강',
  member: '정도현',
  count: 3,
  text: '매일 쓰시나요?',
  said: '베어링부터 보세요',
  clock: 'resolution',
  value: 'solved',
}

describe('a notification', () => {
  it.each(Object.keys(MAIL_OF))('of %s is a sentence of its own in both languages', (event) => {
    for (const words of [koNeeds, enNeeds]) {
      const sentence = notificationSentence({ event, params }, words)
      expect(sentence).not.toBe(words.notifications.sentence.unknown)
      expect(sentence).not.toMatch(/undefined|\[object/)
    }
  })

  it('tells whether it was solved', () => {
    const answered = (value: string) => notificationSentence({ event: 'reply.answered', params: { ...params, value } }, koNeeds)
    expect(answered('solved')).not.toBe(answered('not_yet'))
  })

  it('tells a late answer from a late ticket, and speaks of a cause without words', () => {
    const late = (clock: string) => notificationSentence({ event: 'ticket.late', params: { ...params, clock } }, koNeeds)
    expect(late('response')).toBe('대한철강에 답할 시간이 지났어요: 매일 쓰시나요?')
    expect(late('resolution')).toBe('대한철강 이슈의 기한이 지났어요: 매일 쓰시나요?')
    expect(notificationSentence({ event: 'cause.proved', params: { customer: '대한철강', text: '' } }, koNeeds)).toContain('원인')
  })

  it('names the stage, also one of a later version', () => {
    const of = (stage: string) => notificationSentence({ event: 'need.stage', params: { title: '조용한 펌프', stage } }, enNeeds)
    expect(of('built')).toContain(enNeeds.stage.built)
    expect(of('shipped')).toContain('shipped')
  })

  it('speaks of a need without a title, and of what this version does not know', () => {
    expect(notificationSentence({ event: 'need.stage', params: { stage: 'built' } }, koNeeds)).toContain(koNeeds.list.unnamed)
    expect(notificationSentence({ event: 'order.late', params }, koNeeds)).toBe(koNeeds.notifications.sentence.unknown)
  })

  it('opens what it is about', () => {
    expect(notificationAddress({ shape: 'need', row: 'n1' })).toBe('/needs/n1')
    expect(notificationAddress({ shape: 'visit', row: 'v1' })).toBe('/visits/v1')
    expect(notificationAddress({ shape: 'ticket', row: 't1' })).toBe('/tickets/t1')
    expect(notificationAddress({ shape: 'cause', row: 'k1' })).toBe('/causes/k1')
    expect(notificationAddress({ shape: 'order', row: 'o1' })).toBeUndefined()
    expect(notificationAddress({ shape: 'constructor', row: 'o1' })).toBeUndefined()
  })
})
