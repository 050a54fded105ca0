import { describe, expect, it } from 'vitest'
import { readAsset, type Asset } from '../shapes/asset'
import { AssetIndex } from './assetIndex'

let count = 0

function asset(part: Partial<Asset>): Asset {
  return { ...readAsset(`a${count++}`, { customer: 'c1' }), ...part }
}

function indexOf(...rows: Partial<Asset>[]): AssetIndex {
  const index = new AssetIndex()
  rows.forEach((row) => index.put(asset(row)))
  return index
}

const index = indexOf(
  { name: '전자칠판', serial: 'EB8-730240', tag: '1001' },
  { name: '공기청정기', serial: 'AC3-550120', tag: '1002' },
  { name: '복사기 1001호', serial: 'CP-7', tag: '2001', customer: 'c2' },
  { name: '', serial: 'PJ-000010', tag: 'B-17' },
)

function found(typed: string, customer?: string): string[] {
  return index.query(typed, 50, customer).map((one) => one.name || one.serial)
}

describe('a search for an asset', () => {
  it.each([
    ['1001', ['전자칠판', '복사기 1001호']],
    ['100', ['공기청정기', '전자칠판', '복사기 1001호']],
    ['2001', ['복사기 1001호']],
    ['b17', ['PJ-000010']],
    ['B-17', ['PJ-000010']],
  ])('finds by the number on its label, the likeliest first: %s', (typed, expected) => expect(found(typed)).toEqual(expected))

  it.each(['EB8-730240', 'eb8730240', 'EB8 730240', '730240', 'eb8', 'EB8－730240'])('finds by a serial however it is written: %s', (typed) => {
    expect(found(typed)).toEqual(['전자칠판'])
  })

  it.each(['칠판', 'ㅈㅈㅊㅍ', '전자치', '전자칠판'.normalize('NFD')])('finds by its name as a customer is found: %s', (typed) => {
    expect(found(typed)).toEqual(['전자칠판'])
  })

  it('wants every word, wherever it stands', () => {
    expect(found('칠판 1001')).toEqual(['전자칠판'])
    expect(found('칠판 1002')).toEqual([])
  })

  it('stays at one customer', () => {
    expect(found('1001', 'c2')).toEqual(['복사기 1001호'])
    expect(found('', 'c2')).toEqual(['복사기 1001호'])
    expect(found('1002', 'c2')).toEqual([])
  })

  it('gives all by name for nothing, up to the limit', () => {
    expect(found('')).toEqual(['PJ-000010', '공기청정기', '복사기 1001호', '전자칠판'])
    expect(index.query(' ', 2)).toHaveLength(2)
  })

  it.each(['-', '없는 것', '1001-2'])('finds nothing for what is not there: %s', (typed) => expect(found(typed)).toEqual([]))
})

describe('the index of assets', () => {
  it('follows changes', () => {
    const changing = indexOf()
    const press = asset({ serial: 'SN-1' })
    changing.put(press)
    changing.put({ ...press, serial: 'SN-2' })
    expect([changing.query('sn1', 5), changing.withSerial('SN-1')]).toEqual([[], []])
    expect(changing.withSerial('sn 2')).toHaveLength(1)
    changing.remove(press.id)
    expect([changing.query('', 5), changing.withSerial('SN-2'), changing.size]).toEqual([[], [], 0])
  })

  it('knows who bears the same serial, and nobody bears none', () => {
    expect(index.withSerial('eb8 730240').map((one) => one.tag)).toEqual(['1001'])
    expect(index.withSerial('EB8-10020')).toEqual([])
    expect(indexOf({ tag: '1' }, { tag: '2', serial: '-' }).withSerial('')).toEqual([])
  })
})

describe('among 20,000 assets', () => {
  it('answers (times are said, not judged)', () => {
    const names = ['전자칠판', '공기청정기', '복사기', '프로젝터', '환기 시스템']
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      name: `${i % 40}층 ${names[i % names.length]}`,
      serial: `SN-${(i * 7919) % 1_000_000}`,
      tag: `${100_000 + i}`,
      customer: `c${i % 500}`,
    }))
    const big = indexOf(...rows)
    big.query('', 50)
    for (const typed of ['112345', '12345', 'SN-79', '칠판', '없는 것', 'ㅈㅈㅊㅍ']) {
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        big.query(typed, 50)
        return performance.now() - start
      })
      process.stdout.write(`assets ${typed}: first ${times[0]!.toFixed(1)} ms, best ${Math.min(...times).toFixed(1)} ms\n`)
    }
    expect(big.query('112345', 50).map((one) => one.tag)).toEqual(['112345'])
  })
})
