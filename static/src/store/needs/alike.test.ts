import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AlikeIndex } from './alike'
import { meaningsOf } from './meanings'

const NEEDS: Record<string, string[]> = {
  noise: ['펌프 소음', '펌프 소음이 너무 커서 옆 사무실에서 민원이 들어와요'],
  battery: ['배터리가 반나절도 못 가요'],
  price: ['단가를 낮춰 주시면 좋겠습니다'],
  manual: ['설명서가 영어라서 현장 사람들이 못 읽어요'],
  alarm: ['알람이 울려도 현장에서 안 들립니다'],
  parts: ['부품 납기', '부품이 오는 데 3주나 걸립니다'],
  leak: ['밸브 이음매에서 물이 샙니다'],
  report: ['점검 보고서를 엑셀로 받고 싶습니다'],
  training: ['새로 온 작업자 교육을 해 주세요'],
  repair: ['A/S 기사님이 너무 늦게 옵니다'],
  screen: ['화면 글씨가 작아서 안 보여요'],
  cleaning: ['필터 청소가 너무 번거롭습니다'],
  label: ['The label on the box is hard to read'],
}

function indexOf(needs: Record<string, string[]> = NEEDS): AlikeIndex {
  const index = new AlikeIndex()
  for (const [id, texts] of Object.entries(needs)) index.put(id, texts)
  return index
}

function ids(text: string, index = indexOf(), limit = 5): string[] {
  return index.suggest(text, limit).map(({ id }) => id)
}

describe('a suggestion', () => {
  it.each([
    ['펌프에서 소음이 나요', 'noise'],
    ['배터리를 오래 가게 해 주세요', 'battery'],
    ['필터를 쉽게 청소하고 싶어요', 'cleaning'],
    ['엑셀 보고서', 'report'],
    ['밸브에서 물이 새요', 'leak'],
    ['labels are hard to read', 'label'],
  ])('has words in common: %s', (text, expected) => expect(ids(text)[0]).toBe(expected))

  it.each([
    ['너무 시끄러워요', 'noise'],
    ['가격 할인', 'price'],
    ['메뉴얼을 한글로', 'manual'],
    ['고장 났는데 수리가 늦어요', 'repair'],
    ['디스플레이 글자가 작아요', 'screen'],
    ['too noisy', 'noise'],
    ['경보음이 작아요', 'alarm'],
  ])('or words of the same meaning: %s', (text, expected) => expect(ids(text).slice(0, 2)).toContain(expected))

  it('is the very need when the words are the same', () => {
    const [first] = indexOf().suggest('설명서가 영어라서 현장 사람들이 못 읽어요', 1)
    expect(first).toMatchObject({ id: 'manual' })
    expect(first?.score).toBeCloseTo(1)
  })

  it('counts a need once, by its likest text', () => {
    expect(ids('펌프 소음').filter((id) => id === 'noise')).toHaveLength(1)
    expect(indexOf().suggest('펌프 소음', 1)[0]?.score).toBeCloseTo(1)
  })

  it('does not depend on spaces, case, or how a text was composed', () => {
    for (const text of ['필터청소가 너무번거롭습니다', '필터 청소가 너무 번거롭습니다'.normalize('NFD')]) expect(ids(text)[0]).toBe('cleaning')
    expect(ids('THE LABEL')[0]).toBe('label')
  })

  it('is none for nothing, and none where nothing is in common', () => {
    for (const text of ['', '   ', '?!', '1234567', 'xyz']) expect(ids(text)).toEqual([])
    expect(new AlikeIndex().suggest('펌프', 5)).toEqual([])
  })

  it('stays within its limit, the likest first', () => {
    const found = indexOf().suggest('펌프 부품 화면 필터 밸브', 3)
    expect(found).toHaveLength(3)
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a))
  })

  it('prefers what few needs speak of', () => {
    const common = indexOf({ a: ['기계 소리'], b: ['기계 온도'], c: ['기계 색상'], d: ['콘센트 위치'] })
    expect(ids('기계 콘센트', common)[0]).toBe('d')
  })
})

describe('initial consonants', () => {
  it.each([
    ['ㅅㅇ', 'noise'],
    ['ㅂㅌㄹ', 'battery'],
    ['ㅍㅍ ㅅㅇ', 'noise'],
    ['펌프 ㅅ', 'noise'],
    ['ㅂㅍ 납', 'parts'],
  ])('%s finds', (text, expected) => expect(ids(text)).toContain(expected))

  it('hold all of them, or nothing is found', () => {
    expect(ids('ㅎㅎㅎㅎ')).toEqual([])
    expect(ids('ㅍㅍ ㅂㅌㄹ')).toEqual([])
  })

  it('put first what they cover most of', () => expect(indexOf().suggest('ㅍㅍㅅㅇ', 1)[0]?.score).toBeCloseTo(1))
})

describe('an index', () => {
  it('forgets what was removed, and what was put in the place of', () => {
    const index = indexOf()
    index.remove('leak')
    index.remove('nobody')
    index.put('parts', ['창고 조명이 어두워요'])
    expect(index.size).toBe(Object.keys(NEEDS).length - 1)
    expect(ids('밸브 이음매', index)).not.toContain('leak')
    expect(ids('부품 납기', index)).not.toContain('parts')
    expect(ids('창고 조명', index)[0]).toBe('parts')
    expect(ids('ㅈㅁ', index)).toContain('parts')
  })

  it('keeps nothing of a need without words', () => {
    const index = indexOf({ a: ['', ' - '] })
    expect(index.size).toBe(0)
  })

  it('is what it would be had it been filled at once, whatever was put and removed before', () => {
    const words = fc.array(fc.constantFrom('펌프', '소음이', '커요', '밸브', 'E-12', '알람', 'noise', 'ㄱ'), { maxLength: 4 })
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), words), { maxLength: 12 })
    fc.assert(
      fc.property(steps, words, (puts, query) => {
        const grown = new AlikeIndex()
        const last = new Map<string, string>()
        for (const [id, texts] of puts) {
          if (texts.length === 0) grown.remove(id)
          else grown.put(id, [texts.join(' ')])
          last.set(id, texts.join(' '))
        }
        const fresh = indexOf(Object.fromEntries([...last].map(([id, text]) => [id, [text]])))
        const asked = query.join(' ')
        const rounded = (index: AlikeIndex) => index.suggest(asked, 9).map(({ id, score }) => [id, score.toFixed(9)])
        expect(rounded(grown)).toEqual(rounded(fresh))
      }),
    )
  })

  it('takes thousands of texts in a second and answers at once', () => {
    const index = new AlikeIndex()
    const began = performance.now()
    const parts = Object.values(NEEDS).flat()
    for (let n = 0; n < 5000; n++) index.put(`n${n}`, [`${parts[n % parts.length]} ${parts[(n * 7) % parts.length]} ${n}`])
    index.suggest('펌프', 5)
    expect(performance.now() - began).toBeLessThan(10_000) // in 0.4 s here; the limit is for a machine that is very busy
    const asked = performance.now()
    for (let n = 0; n < 20; n++) index.suggest('펌프 소음이 커서 잘 안 들려요', 5)
    expect((performance.now() - asked) / 20).toBeLessThan(200)
  })
})

describe('a meaning', () => {
  it('is told by how a word begins; a Latin word is compared as a whole', () => {
    expect(meaningsOf('시끄러워요')).toEqual(meaningsOf('noisy'))
    expect(meaningsOf('parts')).not.toEqual([])
    expect(meaningsOf('partsman')).toEqual([])
    expect(meaningsOf('나무')).toEqual([])
  })
})
