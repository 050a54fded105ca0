import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addComment } from '../actions/addComment'
import { logVisit } from '../actions/logVisit'
import { settle } from '../db/journal'
import { touchStamp } from '../db/meta'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { readSettled } from '../shapes/settled'
import { layDown, takeUp } from '../testing/phone'
import { Watch } from '../testing/watch'
import { makeWorld, type World } from '../testing/world'
import { outbox, type OutboxItem } from './outbox'

let world: World
let db: Phone
let box: Watch<OutboxItem[] | undefined>

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world)
  box = new Watch(outbox)
})

afterEach(() => {
  box.end()
  layDown(db)
})

let seq = 0

/** What the server says of an entry, as a page brings it. */
async function hear(id: string, state: string, code: string | null, params: Record<string, unknown>, at = new Date()): Promise<void> {
  const said = readSettled({ n: 1, id, state, seq: (seq += 1), code, params })
  if (said === undefined) throw new Error('not a settlement')
  await db.transaction('rw', [db.journal, db.meta], async () => {
    await settle(db, [said], at.toISOString())
    await touchStamp(db)
  })
}

async function item(id: string, isWanted: (item: OutboxItem) => boolean): Promise<OutboxItem> {
  const items = await box.until((all) => all?.some((one) => one.entryId === id && isWanted(one)) ?? false)
  return items!.find((one) => one.entryId === id)!
}

async function parked(): Promise<string> {
  const { entryId } = await logVisit({ customer: newId(), outcome: 'progress' })
  await hear(entryId, 'parked', 'not_found', { field: 'customer' })
  return entryId
}

describe('a record that was sent back', () => {
  it('shows the note of whoever sent it back, and still the field that has to be mended', async () => {
    const id = await parked()
    await hear(id, 'parked', 'returned', { note: 'Which school?', by: world.mia.id, code: 'not_found' })
    const shown = await item(id, (one) => one.note !== undefined)
    expect(shown.note).toMatchObject({ text: 'Which school?', by: { name: 'Mia' } })
    expect(shown).toMatchObject({ code: 'not_found', params: { field: 'customer' }, canEdit: true, canRetry: true, canDiscard: true })
  })

  it('shows the newest note when it comes back twice', async () => {
    const id = await parked()
    await hear(id, 'parked', 'returned', { note: 'Which school?', by: world.mia.id, code: 'not_found' })
    await hear(id, 'parked', 'returned', { note: 'Not that one', by: world.ben.id, code: 'returned' })
    expect((await item(id, (one) => one.note?.text === 'Not that one')).params).toMatchObject({ field: 'customer' })
  })

  it('takes its note along when it goes in after all', async () => {
    const id = await parked()
    await hear(id, 'parked', 'returned', { note: 'Which school?', by: world.mia.id, code: 'not_found' })
    await hear(id, 'applied', null, {})
    expect((await item(id, (one) => one.state === 'applied')).note).toBeUndefined()
  })
})

describe('a record that somebody else gave up', () => {
  it('stays in sight with the reason, and nothing can be done about it', async () => {
    const id = await parked()
    await hear(id, 'discarded', 'not_found', { note: 'Written twice', by: world.mia.id })
    const shown = await item(id, (one) => one.isGivenUp)
    expect(shown.note).toMatchObject({ text: 'Written twice', by: { name: 'Mia' } })
    expect(shown).toMatchObject({ canEdit: false, canRetry: false, canDiscard: false })
  })

  it('is shown for a week', async () => {
    const [old, fresh] = [await parked(), await parked()]
    await hear(old, 'discarded', null, { note: 'Long ago' }, new Date(Date.now() - 8 * 86_400_000))
    await hear(fresh, 'discarded', null, { note: 'Just now' })
    await item(fresh, (one) => one.isGivenUp)
    await box.until((all) => all?.every((one) => one.entryId !== old) ?? false)
  })

  it('is no longer in sight when its writer gave it up', async () => {
    const id = await parked()
    await hear(id, 'discarded', null, {})
    await box.until((all) => all?.every((one) => one.entryId !== id) ?? false)
  })
})

describe('a chain', () => {
  it('is told by the entry it waits for, which has the one fix', async () => {
    const first = await parked()
    const comments = [await addComment({ visit: newId(), text: 'One' }), await addComment({ visit: newId(), text: 'Two' })]
    for (const { entryId } of comments) await hear(entryId, 'parked', 'waits_for', { entry: first })
    expect(await item(first, (one) => one.waiting === 2)).toMatchObject({ canEdit: true })
    const last = await item(comments[1]!.entryId, (one) => one.waitsFor === first)
    expect(last).toMatchObject({ canEdit: false, canRetry: false, canDiscard: true })
  })
})
