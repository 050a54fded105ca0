import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const SRC = new URL('./', import.meta.url)

interface Source {
  path: string
  room: string
  text: string
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path))
  .map((path) => path.replaceAll('\\', '/'))
  .map((path) => ({ path, room: path.includes('/') ? path.slice(0, path.indexOf('/')) : '', text: readFileSync(new URL(path, SRC), 'utf8') }))

const shipped = sources.filter(({ path }) => !path.endsWith('.test.ts') && !path.startsWith('testing/'))

/** Which rooms a room may use, besides itself. */
const ARROWS: Record<string, string[]> = {
  shapes: [],
  overlay: ['shapes'],
  db: ['shapes'],
  net: ['shapes'],
  sync: ['db', 'net', 'shapes'],
  actions: ['db', 'shapes'],
  store: ['sync', 'db', 'net', 'overlay', 'shapes'],
  ui: ['store', 'actions', 'shapes'],
  worker: [],
}

function roomsUsed({ path, text }: Source): string[] {
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]/g)].map((match) => match[1] ?? '')
  const folder = new URL('.', new URL(path, SRC))
  return targets
    .map((target) => new URL(target, folder).href.slice(SRC.href.length))
    .map((target) => (target.includes('/') ? target.slice(0, target.indexOf('/')) : ''))
}

/** The text of every callback given to `transaction(`, by counting brackets. */
function transactions(text: string): string[] {
  return [...text.matchAll(/\btransaction\(/g)].map((match) => {
    let depth = 0
    let end = match.index + match[0].length - 1
    do {
      if (text[end] === '(') depth += 1
      if (text[end] === ')') depth -= 1
      end += 1
    } while (depth > 0 && end < text.length)
    return text.slice(match.index, end)
  })
}

describe('the arrows', () => {
  it.each(Object.keys(ARROWS))('%s uses only what lies below it', (room) => {
    for (const source of shipped.filter((one) => one.room === room)) {
      const wrong = roomsUsed(source).filter((used) => used !== room && !ARROWS[room]?.includes(used))
      expect(wrong, source.path).toEqual([])
    }
  })

  it('know every room', () => {
    expect([...new Set(shipped.map((source) => source.room))].filter((room) => room !== '').sort()).toEqual(Object.keys(ARROWS).sort())
  })
})

describe('an IndexedDB transaction', () => {
  const inDb = shipped.filter(({ room }) => room === 'db')

  it('is never kept waiting by anything but IndexedDB', () => {
    for (const { path, text } of inDb) {
      expect(text, path).not.toMatch(/\b(fetch|setTimeout|setInterval|queueMicrotask|requestIdleCallback)\s*\(/)
      expect(text, path).not.toMatch(/crypto\.subtle|navigator\.locks|CompressionStream|\.arrayBuffer\(/)
    }
  })

  it('has an async scope, or the browser ends it before its time', () => {
    for (const { path, text } of shipped) {
      for (const transaction of transactions(text)) expect(transaction, path).toMatch(/async \(\) =>/)
    }
  })

  it('waits for nothing that is not of the database', () => {
    for (const { path, text } of shipped) {
      for (const transaction of transactions(text)) {
        expect(transaction, path).not.toMatch(/Promise\.(race|any)|new Promise/)
        expect(transaction, path).not.toMatch(/\b(fetch|send|setTimeout|digest|subtle)\s*\(/)
      }
    }
  })

  it('is opened in db, and for reading in store; nowhere else', () => {
    const elsewhere = shipped.filter(({ room, text }) => room !== 'db' && /\.transaction\(/.test(text))
    expect(elsewhere.map(({ path }) => path).filter((path) => !/^store\/(live|exportFile)\.ts$/.test(path))).toEqual([])
    for (const { text } of elsewhere) expect(text).not.toMatch(/transaction\('rw/)
  })
})

describe('every source', () => {
  it('has no noise, no loose types, no unfinished business', () => {
    for (const { path, text } of shipped) {
      expect(text, path).not.toMatch(/\bconsole\.|\bdebugger\b|\bTODO\b|\bFIXME\b|@ts-ignore|\beval\(|innerHTML/)
      expect(text, path).not.toMatch(/(?::|<|as)\s*any\b/)
    }
  })

  it('fits on a few screens', () => {
    for (const { path, room, text } of shipped) {
      if (room !== 'ui') expect(text.split('\n').length, path).toBeLessThan(300)
    }
  })
})
