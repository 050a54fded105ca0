import { Dexie } from 'dexie'
import { afterEach, describe, expect, it } from 'vitest'
import { planVisit } from '../actions/planVisit'
import { currentPhone, setCurrentPhone } from '../db/current'
import { untoldLoss } from '../db/loss'
import { readMeta } from '../db/meta'
import { openPhone } from '../db/open'
import type { Phone } from '../db/schema'
import { newId } from '../shapes/id'
import { takeUp } from '../testing/phone'
import { Watch } from '../testing/watch'
import { makeWorld } from '../testing/world'
import { lastAccount, rememberAccount } from './remembered'
import { exportWiped, forgetWiped, leaveWiped, letGoWiped, wiped } from './wiped'

async function atWork(): Promise<Phone> {
  const world = makeWorld()
  const db = await takeUp(world)
  rememberAccount({ org: db.org, member: db.memberId, email: 'ana@example.com' })
  return db
}

afterEach(() => {
  forgetWiped()
  setCurrentPhone(undefined)
})

describe('whoever was shut out', () => {
  it('is at work no longer, and the way in says why', async () => {
    const db = await atWork()
    const told = new Watch(wiped)
    await leaveWiped(0)
    expect(currentPhone()).toBeUndefined()
    expect(lastAccount()).toBeUndefined()
    expect(told.last).toMatchObject({ member: db.memberId, unsent: 0 })
    expect(await Dexie.exists(db.name)).toBe(false)
    told.end()
  })

  it('can still save what the server would not take', async () => {
    const db = await atWork()
    const { entryId } = await planVisit({ customer: newId(), plannedFor: '2026-11-24' })
    await leaveWiped(1)
    const file = JSON.parse(await (await exportWiped()).text()) as { member: string; entries: { entry: string }[] }
    expect(file.member).toBe(db.memberId)
    expect(file.entries.map(({ entry }) => (JSON.parse(entry) as { id: string }).id)).toEqual([entryId])
  })

  it('lets go of it, and is a new phone then: the server hears of what is gone, its person knows', async () => {
    const db = await atWork()
    const replica = await readMeta(db, 'replica')
    await planVisit({ customer: newId(), plannedFor: '2026-11-24' })
    await leaveWiped(1)
    const told = new Watch(wiped)
    await letGoWiped()
    expect(told.last).toMatchObject({ member: db.memberId, unsent: 0, isLetGo: true })
    expect(await Dexie.exists(db.name)).toBe(false)
    const fresh = await openPhone(db.org, db.memberId)
    expect(await readMeta(fresh, 'replica')).not.toBe(replica)
    expect(await untoldLoss(fresh)).toEqual({ written: 1, received: 0 })
    expect(await readMeta(fresh, 'loss')).toMatchObject({ isSeen: true })
    fresh.close()
    told.end()
  })
})
