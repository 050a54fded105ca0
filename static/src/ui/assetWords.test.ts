import { describe, expect, it } from 'vitest'
import { readAsset } from '../shapes/asset'
import { readCustomer } from '../shapes/customer'
import { calledBy, fits, guessOf, knownWords, numberWords } from './assetWords'
import { ko } from './words/ko'
import { koShared } from './words/shared.ko'

const words = { ...ko, ...koShared }
const board = readAsset('a', { customer: 'c1', name: '전자칠판', serial: 'EB8-1', tag: '1001' })

describe('what was typed of an asset', () => {
  it.each([
    ['1001', 'tag'],
    ['123456', 'tag'],
    ['1234567', 'serial'],
    ['EB8-100200', 'serial'],
    ['B-17', 'serial'],
    ['전자칠판', 'name'],
    ['3층 복사기', 'name'],
    ['Copier', 'name'],
    ['3rd floor copier', 'name'],
  ])('is probably: %s → %s', (typed, expected) => expect(guessOf(typed)).toBe(expected))

  it('has room or has not', () => {
    expect(fits('1'.repeat(40), 'tag')).toBe(true)
    expect(fits('1'.repeat(41), 'tag')).toBe(false)
    expect(fits('가'.normalize('NFD').repeat(120), 'name')).toBe(true)
  })
})

describe('the words of an asset', () => {
  it('say its numbers with what they are, and none twice', () => {
    expect(numberWords(board, words)).toBe('관리 번호 1001 · 일련번호 EB8-1')
    expect(numberWords({ ...board, name: '' }, words)).toBe('관리 번호 1001')
    expect(numberWords({ ...board, name: '', serial: '' }, words)).toBe('')
  })

  it('call it by what it will be called once it is stored', () => {
    expect(calledBy({ name: ' 전자칠판 ', serial: 'EB8-1' })).toBe('전자칠판')
    expect(calledBy({ name: ' ', serial: 'EB8-1' })).toBe('EB8-1')
  })

  it('say where a serial is known from, and the customer only where it is another one', () => {
    const customer = readCustomer('c1', { name: '대한철강' })
    expect(knownWords({ asset: board, customer }, 'c1', words)).toBe('이미 있는 일련번호예요: 전자칠판')
    expect(knownWords({ asset: board, customer }, 'c2', words)).toBe('이미 있는 일련번호예요: 대한철강, 전자칠판')
    expect(knownWords({ asset: board }, 'c2', words)).toBe('이미 있는 일련번호예요: 전자칠판')
  })
})
