import { describe, expect, it } from 'vitest'
import { readContact } from '../shapes/contact'
import { readCustomer } from '../shapes/customer'
import { readSite } from '../shapes/site'
import { SearchIndex } from './search'

function indexOf(...rows: { name: string; address?: string; contact?: string }[]): SearchIndex {
  const index = new SearchIndex()
  rows.forEach(({ name, address, contact }, i) => {
    index.put({
      customer: readCustomer(`c${i}`, { name }),
      sites: address === undefined ? [] : [readSite(`s${i}`, { customer: `c${i}`, name: '본사', address })],
      contacts: contact === undefined ? [] : [readContact(`p${i}`, { customer: `c${i}`, name: contact })],
    })
  })
  return index
}

const index = indexOf(
  { name: '삼성정밀(주)', address: '경기 화성시 동탄대로 10', contact: '김민수' },
  { name: '(주)대한철강', address: '인천 남동구 남동대로 215', contact: '이영희' },
  { name: '서울정공', address: '서울 금천구 가산로 5', contact: '박서준' },
  { name: 'Hanil Pump', address: 'Busan', contact: 'John Smith' },
  { name: '한라 시멘트', address: '강원 강릉시 옥계면', contact: '최한라' },
)

function names(query: string): string[] {
  return index.query(query, 50).map((hit) => hit.customer.name)
}

describe('a search', () => {
  it.each([
    ['ㅅㅅㅈㅁ', ['삼성정밀(주)']],
    ['ㅅㅈ', ['삼성정밀(주)']],
    ['ㄷㅎ', ['(주)대한철강']],
    ['ㅅㅇㅈㄱ', ['서울정공']],
  ])('finds by initial consonants: %s', (query, expected) => expect(names(query)).toEqual(expect.arrayContaining(expected)))

  it.each([
    ['삼성ㅈㅁ', '삼성정밀(주)'],
    ['ㄷ한', '(주)대한철강'],
    ['대한ㅊ', '(주)대한철강'],
    ['서울 ㅈㄱ', '서울정공'],
    ['ㄱㅅㄹ 서울', '서울정공'],
  ])('mixes syllables and consonants: %s', (query, expected) => expect(names(query)[0]).toBe(expected))

  it.each([
    ['서', '서울정공'],
    ['서우', '서울정공'],
    ['삼서', '삼성정밀(주)'],
    ['대핝', ''],
    ['대한처', '(주)대한철강'],
    ['삼성정미', '삼성정밀(주)'],
    ['한랏', '한라 시멘트'],
    ['서울저', '서울정공'],
  ])('takes a syllable that is still being typed: %s', (query, expected) => {
    expect(names(query)[0] ?? '').toBe(expected)
  })

  it.each(['hanil', 'HANIL PUMP', '  hanil   pump ', 'hanilpump', 'pump hanil'])('folds case and spaces: %s', (query) =>
    expect(names(query)).toEqual(['Hanil Pump']),
  )

  it('ignores spaces inside names as well', () => expect(names('한라시멘트')).toEqual(['한라 시멘트']))

  it('B31: finds a name however it was composed', () => {
    expect(names('삼성정밀'.normalize('NFD'))).toEqual(['삼성정밀(주)'])
    expect(indexOf({ name: '삼성정밀'.normalize('NFD') }).query('삼성', 5)).toHaveLength(1)
  })

  it('takes apart consonants the keyboard has joined', () => {
    const joined = indexOf({ name: '각시' }, { name: '밥상' })
    expect(joined.query('ㄳ', 5).map((hit) => hit.customer.name)).toEqual(['각시'])
    expect(joined.query('ㅄ', 5).map((hit) => hit.customer.name)).toEqual(['밥상'])
  })

  it('says what answered: name, person or address', () => {
    expect(index.query('민수', 5)[0]).toMatchObject({ matchedBy: 'contact', contact: { name: '김민수' } })
    expect(index.query('남동대로', 5)[0]).toMatchObject({ matchedBy: 'address', site: { address: '인천 남동구 남동대로 215' } })
    expect(index.query('대한', 5)[0]).toMatchObject({ matchedBy: 'name' })
  })

  it('puts names that begin so first, and legal forms do not count', () => {
    expect(names('한라')[0]).toBe('한라 시멘트')
    expect(names('대한')[0]).toBe('(주)대한철강')
    expect(names('서')[0]).toBe('서울정공')
  })

  it('gives all by name for nothing, up to the limit', () => {
    expect(names('')).toEqual(['Hanil Pump', '(주)대한철강', '삼성정밀(주)', '서울정공', '한라 시멘트'])
    expect(index.query(' ', 2)).toHaveLength(2)
  })

  it('follows changes', () => {
    const changing = indexOf({ name: '삼성정밀' })
    changing.put({ customer: readCustomer('c0', { name: '현대정밀' }), sites: [], contacts: [] })
    expect(changing.query('삼성', 5)).toEqual([])
    expect(changing.query('ㅎㄷ', 5)).toHaveLength(1)
    changing.remove('c0')
    expect(changing.query('', 5)).toEqual([])
  })

  it('finds nothing for what is not there', () => expect(names('없는회사')).toEqual([]))
})

describe('among 12,000 customers', () => {
  it('answers (times are said, not judged)', () => {
    const syllables = [...'가나다라마바사아자차카타파하강남동서북대한민국철정밀공업기계전자화학']
    const pick = (seed: number) => syllables[(seed * 7919) % syllables.length] ?? '가'
    const rows = Array.from({ length: 12_000 }, (_, i) => ({
      name: pick(i) + pick(i + 3) + pick(i * 3 + 1) + pick(i * 5 + 2) + `${i % 97}`,
      address: `서울 ${pick(i)}구 ${pick(i + 1)}로 ${i}`,
      contact: `김${pick(i + 5)}${pick(i * 2)}`,
    }))
    const began = performance.now()
    const big = indexOf(...rows)
    process.stdout.write(`build ${(performance.now() - began).toFixed(0)} ms\n`)
    big.query('', 50)
    for (const query of ['ㄱㄴ', '대한', '서울 ㄱ', '김가', '강남12', '없는회사이름', 'ㅅㅅㅈㅈ']) {
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        big.query(query, 50)
        return performance.now() - start
      })
      process.stdout.write(`search ${query}: first ${times[0]!.toFixed(1)} ms, best ${Math.min(...times).toFixed(1)} ms\n`)
    }
    expect(big.size).toBe(12_000)
  })
})
