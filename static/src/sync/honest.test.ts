import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { undecided } from '../db/conflicts'
import { countEntries } from '../db/journal'
import { readMeta } from '../db/meta'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { stateOf } from '../store/entryState'
import { readOnce } from '../store/live'
import { readProjection } from '../store/projection'
import { shownCustomers } from '../store/shared'
import { readVisitCard } from '../store/visitCard'
import { Network, portalPage, respond, type Fault } from '../testing/network'
import { HandClock, HandLock, openDb, openTab, quiet, write, type Tab } from '../testing/rig'
import { FakeServer } from '../testing/server'
import { customerFields, makeWorld } from '../testing/world'

type Step =
  | { do: 'log' }
  | { do: 'amend'; which: number }
  | { do: 'retry'; which: number }
  | { do: 'edit'; isMet: boolean }
  | { do: 'decide' }
  | { do: 'wake' }
  | { do: 'pass'; ms: number }
  | { do: 'drain'; most: number }
  | { do: 'fault'; fault: 'lose_request' | 'lose_answer' | 'portal' | 'unavailable' | 'signed_out' }
  | { do: 'parking'; isOn: boolean }
  | { do: 'network'; isUp: boolean }
  | { do: 'office' }
  | { do: 'restart' }
  | { do: 'backup' }
  | { do: 'restore' }

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>({ do: 'log' }) },
    { weight: 3, arbitrary: fc.nat(5).map((which): Step => ({ do: 'amend', which })) },
    { weight: 1, arbitrary: fc.nat(5).map((which): Step => ({ do: 'retry', which })) },
    { weight: 3, arbitrary: fc.boolean().map((isMet): Step => ({ do: 'edit', isMet })) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'decide' }) },
    { weight: 4, arbitrary: fc.constant<Step>({ do: 'wake' }) },
    { weight: 3, arbitrary: fc.constantFrom<Step>({ do: 'pass', ms: 500 }, { do: 'pass', ms: 40_000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }).map((most): Step => ({ do: 'drain', most })) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom('lose_request' as const, 'lose_answer' as const, 'portal' as const, 'unavailable' as const, 'signed_out' as const)
        .map((fault): Step => ({ do: 'fault', fault })),
    },
    { weight: 1, arbitrary: fc.boolean().map((isOn): Step => ({ do: 'parking', isOn })) },
    { weight: 1, arbitrary: fc.boolean().map((isUp): Step => ({ do: 'network', isUp })) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'office' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'backup' }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'restore' }) },
  ),
  { minLength: 5, maxLength: 30 },
)

function faultOf(name: (Step & { do: 'fault' })['fault']): Fault {
  if (name === 'portal') return { reply: portalPage() }
  if (name === 'unavailable') return { reply: respond({ status: 503, body: { status: 503, code: 'storage_unavailable' } }) }
  if (name === 'signed_out') return { reply: respond({ status: 401, body: { status: 401, code: 'auth_required' } }) }
  return name
}

/** A day of one phone, played step by step, with what its person believes to have written. */
class Play {
  private readonly world = makeWorld()
  readonly server = new FakeServer(this.world)
  private readonly network = new Network(this.server)
  private readonly clock = new HandClock()
  private readonly lock = new HandLock()
  private db!: Phone
  private tab!: Tab
  /** visit → the note its person wrote last */
  private readonly notes = new Map<string, string>()
  private readonly entries: string[] = []
  /** edited by this phone and by others */
  private readonly customer = this.putCustomer()
  private edited: { entry: string; memo: string } | undefined
  private backup = this.server.backup()
  private count = 0
  /** the server has forgotten something, and the phone could not know yet */
  private isNews = false

  async begin(): Promise<void> {
    this.server.pageRows = 3
    this.db = await openDb(this.world)
    this.tab = openTab(this.db, this.clock, this.lock.forTab())
    this.tab.engine.start()
    await quiet(this.tab)
  }

  async end(): Promise<void> {
    this.tab.engine.stop()
    await quiet(this.tab)
    this.network.close()
    this.db.close()
  }

  async play(step: Step): Promise<void> {
    await this.take(step)
    await this.looksRight()
    const couldKnow = this.network.isUp && this.network.faults.length === 0
    await quiet(this.tab)
    if (step.do === 'wake' && couldKnow && this.tab.state().phase === 'resting') this.isNews = false
    await this.isHonest()
    await this.looksRight()
  }

  private async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'log':
        return this.log(newId())
      case 'amend':
        return this.amend(step.which)
      case 'retry':
        return this.retry(step.which)
      case 'edit':
        return this.edit(step.isMet)
      case 'decide':
        return this.decide()
      case 'wake':
        return this.tab.engine.wake()
      case 'pass':
        return this.clock.pass(step.ms)
      case 'drain':
        return this.server.drain(step.most)
      case 'fault':
        this.network.faults.push(faultOf(step.fault))
        return
      case 'parking':
        this.server.judge = () => (step.isOn ? { code: 'product_inactive' } : undefined)
        return
      case 'network':
        this.network.isUp = step.isUp
        return
      case 'office':
        return this.server.unit(() => this.server.put('customer', newId(), { name: 'x' }, [this.server.base()]))
      case 'restart':
        return this.restart()
      case 'backup':
        this.backup = this.server.backup()
        return
      case 'restore':
        this.server.restore(this.backup)
        this.isNews = true
    }
  }

  private async log(visit: string): Promise<void> {
    const note = `note ${++this.count}`
    this.notes.set(visit, note)
    this.entries.push(await write(this.db, 'visit.log', { visit, customer: this.world.org, outcome: 'progress', note }))
  }

  private async amend(which: number): Promise<void> {
    const visit = [...this.notes.keys()][which]
    if (visit === undefined) return
    const note = `note ${++this.count}`
    this.notes.set(visit, note)
    this.entries.push(await write(this.db, 'visit.amend', { visit, note }))
  }

  private putCustomer(id = newId(), memo = ''): string {
    const f = { ...customerFields(this.world, 'Steel'), memo }
    this.server.unit(() => this.server.put('customer', id, f, [this.server.base()]))
    return id
  }

  private async shownMemo(): Promise<string | undefined> {
    const shown = await readOnce(this.db, async (db) => shownCustomers(db, await readProjection(db), [this.customer]))
    return shown.get(this.customer)?.memo
  }

  /** With `isMet` somebody else's edit is at the server before it. */
  private async edit(isMet: boolean): Promise<void> {
    const seen = await this.shownMemo()
    if (seen === undefined) return
    const memo = `memo ${++this.count}`
    const entry = await write(this.db, 'customer.change', { customer: this.customer, memo }, { from: { memo: seen } })
    if (isMet) this.putCustomer(this.customer, `theirs ${this.count}`)
    this.edited = { entry, memo }
    this.entries.push(entry)
  }

  private async decide(): Promise<void> {
    const [open] = (await this.db.conflict.toArray()).filter((row) => row.f.closed_at === null)
    if (open === undefined) return
    this.entries.push(await write(this.db, 'conflict.resolve', { conflict: open.id, choice: 'keep' }))
  }

  private async retry(which: number): Promise<void> {
    const parked = await this.db.journal.where('state').equals('parked').sortBy('n')
    const entry = parked.filter((row) => row.code !== 'waits_for')[which]
    if (entry !== undefined) this.entries.push(await write(this.db, 'entry.retry', { entry: entry.id }))
  }

  private async restart(): Promise<void> {
    this.tab.engine.stop()
    await quiet(this.tab)
    this.db.close()
    this.db = await openDb(this.world)
    this.tab = openTab(this.db, this.clock, this.lock.forTab())
    this.tab.engine.start()
  }

  /** I10: what a person wrote is before their eyes, at every moment, until they take it back. */
  private async looksRight(): Promise<void> {
    for (const [visit, note] of this.notes) {
      const card = await this.db.transaction('r', this.db.tables, async () => readVisitCard(this.db, visit))
      expect(card?.visit.note, `visit ${visit}`).toBe(note)
    }
    const last = this.edited && (await this.db.journal.get(this.edited.entry))
    const shown = await this.shownMemo()
    const isUnsettled = last?.state === 'open' || last?.state === 'parked'
    if (isUnsettled && shown !== undefined) expect(shown, 'memo').toBe(this.edited?.memo)
  }

  /** Measure 13: no label says more than the server has said. */
  private async isHonest(): Promise<void> {
    const received = (await readMeta(this.db, 'received')) ?? 0
    const stored = new Set(this.server.entriesOf((await readMeta(this.db, 'replica')) ?? '').map((text) => (JSON.parse(text) as { id: string }).id))
    const counted = { saved: 0, sent: 0, attention: 0, applied: 0 }
    const journal = await this.db.journal.toArray()
    const toDecide = await undecided(this.db, journal)
    for (const row of journal) {
      const label = stateOf(row, { received, toDecide })
      counted[label] += 1
      if (this.isNews) continue
      if (label === 'sent' || label === 'attention') expect(stored.has(row.id), `${label} but not held`).toBe(true)
      if (label === 'applied') expect(this.server.effectsOf(row.id), 'applied but without effect').toBe(1)
    }
    const { saved, sent, attention } = await countEntries(this.db)
    expect({ saved, sent, attention }).toEqual({ saved: counted.saved, sent: counted.sent, attention: counted.attention })
  }

  /** In the end, with everybody well, everything is in once and shown as that. */
  async settle(): Promise<void> {
    this.network.isUp = true
    this.network.faults = []
    this.server.judge = () => undefined
    for (let round = 0; round < 6; round += 1) {
      this.tab.engine.signedIn()
      this.clock.pass(120_000)
      this.tab.engine.wake()
      await quiet(this.tab)
      this.server.drain()
      const parked = await this.db.journal.where('state').equals('parked').sortBy('n')
      const next = parked.find((row) => row.code !== 'waits_for')
      if (next !== undefined) await write(this.db, 'entry.retry', { entry: next.id })
    }
    await this.looksRight()
    for (const entry of this.entries) {
      const row = await this.db.journal.get(entry)
      if (row?.kind !== 'entry.retry' && row?.state !== 'parked') expect(this.server.effectsOf(entry), entry).toBe(1)
    }
    expect(this.server.effects.every((count) => count === 1)).toBe(true)
  }
}

describe('the state of an entry', () => {
  it('says what is so, through any interleaving of saving, sending, settling and failing', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (day) => {
        const play = new Play()
        await play.begin()
        try {
          for (const step of day) await play.play(step)
          await play.settle()
        } finally {
          await play.end()
        }
      }),
      { numRuns: Number(process.env.FIELDOPS_RUNS ?? 25), endOnFailure: true },
    )
  }, 300_000)
})
