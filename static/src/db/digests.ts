import type { Digests } from '../shapes/messages'
import { SHAPE_NAMES, type Row } from '../shapes/row'
import { readCursor } from './page'
import { readMeta, writeMeta } from './meta'
import { isKept } from './room'
import type { Phone } from './schema'

export interface Said {
  cursor: string
  streams: Digests
}

/** Versions are sixteen hex digits: two halves that fit into a number, since one of them would not. */
class Digest {
  private count = 0
  private high = 0
  private low = 0

  add(rv: string): void {
    this.count += 1
    this.high ^= Number.parseInt(rv.slice(0, -8) || '0', 16)
    this.low ^= Number.parseInt(rv.slice(-8), 16)
  }

  get said(): [number, string] {
    const half = (bits: number) => (bits >>> 0).toString(16).padStart(8, '0')
    return [this.count, half(this.high) + half(this.low)]
  }
}

class Digester {
  private readonly streams = new Map<string, Digest>()

  constructor(private readonly generation: number) {}

  add(row: Row): void {
    if (row.g !== this.generation) return
    for (const stream of row.s) {
      const digest = this.streams.get(stream) ?? new Digest()
      digest.add(row.rv)
      this.streams.set(stream, digest)
    }
  }

  get names(): string[] {
    return [...this.streams.keys()]
  }

  said(names: readonly string[]): Digests {
    return Object.fromEntries(names.map((name) => [name, (this.streams.get(name) ?? new Digest()).said]))
  }
}

/**
 * What the base holds of each stream, with the cursor it holds it at; undefined away from the head. Read in chunks
 * outside any transaction, so that no save has to wait: a page that comes in between gives another cursor, and then
 * nothing is said.
 */
export async function readDigests(db: Phone, chunk = 2_000): Promise<Said | undefined> {
  const { text, generation, isAtHead, isSweepDue } = await readCursor(db)
  if (text === null || isAtHead !== true || isSweepDue) return undefined
  const digester = new Digester(generation)
  for (const name of SHAPE_NAMES) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const rows: Row[] = await db[name].where('id').above(after).limit(chunk).toArray()
      for (const row of rows) digester.add(row)
      after = rows.length < chunk ? undefined : rows.at(-1)?.id
    }
  }
  for (const row of await db.other.toArray()) digester.add(row)
  const keptFrom = (await readMeta(db, 'given_up'))?.keptFrom
  // A stream of which nothing is left would not be spoken of, so those of last time are remembered.
  const names = [...new Set([...((await readMeta(db, 'streams')) ?? []), ...digester.names])]
  await writeMeta(db, 'streams', names)
  const now = await readCursor(db)
  return now.text === text && now.generation === generation ? { cursor: text, streams: digester.said(names.filter((name) => isKept(name, keptFrom))) } : undefined
}

/** These streams are to be fetched from the beginning; until they have come, their rows stay as they are. */
export async function noteRefetch(db: Phone, streams: readonly string[]): Promise<void> {
  await db.transaction('rw', [db.meta], async () => {
    const before = (await readMeta(db, 'refetch')) ?? []
    await writeMeta(db, 'refetch', [...new Set([...before, ...streams])])
  })
}
