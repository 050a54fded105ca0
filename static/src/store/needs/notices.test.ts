import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readAllNotifications } from '../../actions/readAllNotifications'
import { readNotification } from '../../actions/readNotification'
import { setPreference } from '../../actions/setPreference'
import type { Phone } from '../../db/schema'
import { readEntry } from '../../shapes/entry'
import { daysLater, holdNotification } from '../../testing/needs'
import { hold } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { notifications } from './notifications'
import { preference } from './preference'
import { unreadCount } from './unread'

let world: World
let db: Phone

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world)
})

afterEach(() => layDown(db))

async function notice(days: number, part: object = {}): Promise<string> {
  return holdNotification(db, { member: world.ana.id, made_at: daysLater(days).received_at, ...part })
}

describe('notifications', () => {
  it('come newest first, and are read one by one or up to one', async () => {
    const [first, second, third] = [await notice(1), await notice(2), await notice(3)]
    await notice(0, { read_at: '2026-11-20T02:00:00.000Z' })
    const list = watch(notifications())
    const count = watch(unreadCount)
    const seen = await list.until((value) => value?.unread === 3)
    expect(seen?.items.map((line) => line.isUnread)).toEqual([true, true, true, false])
    expect(seen?.newest).toBe(third)
    await readNotification({ notification: third })
    expect((await list.until((value) => value?.unread === 2))?.items[0]).toMatchObject({ isUnread: false, entryState: 'saved' })
    const later = await notice(4)
    await readAllNotifications({ until: second })
    const rest = await list.until((value) => value?.unread === 1)
    expect(rest?.items.filter((line) => line.isUnread).map((line) => line.notification.id)).toEqual([later])
    expect(rest?.items.find((line) => line.notification.id === first)?.isUnread).toBe(false)
    await count.until((value) => value === 1)
  })

  it('of a version to come are neither shown nor counted', async () => {
    await notice(1, { event: 'moon.rose' })
    const seen = await watch(notifications()).until(isThere)
    expect(seen).toEqual({ items: [], unread: 0, hasMore: false })
  })

  it('go back as far as asked', async () => {
    for (const days of [1, 2, 3]) await notice(days)
    const seen = await watch(notifications(2)).until(isThere)
    expect([seen?.items.length, seen?.unread, seen?.hasMore]).toEqual([2, 3, true])
  })
})

describe('what I want by mail', () => {
  it('is what holds for everybody until I say otherwise', async () => {
    const own = watch(preference)
    expect(await own.until(isThere)).toMatchObject({
      digest_at: '07:30',
      quiet_from: '20:00',
      quiet_to: '07:00',
      isQuietAtAll: true,
      mailOf: { 'need.stage': 'digest', 'question.answered': 'none', 'joining.asked': 'at_once' },
    })
    await setPreference({ mails: { 'need.stage': 'none' }, quiet: null })
    const set = await own.until((value) => value?.mailOf['need.stage'] === 'none')
    expect(set).toMatchObject({ digest_at: '07:30', quiet_from: null, isQuietAtAll: false, entryState: 'saved', mails: { 'need.stage': 'none' } })
    await hold(db, 'preference', world.ana.id, { mails: { 'need.stage': 'none', 'reply.due': 'at_once' }, digest_at: '18:00', quiet_from: null, quiet_to: null })
    await setPreference({ mails: { 'reply.due': 'none' } })
    const merged = await own.until((value) => value?.mailOf['reply.due'] === 'none')
    expect(merged).toMatchObject({ digest_at: '18:00', mails: { 'need.stage': 'none', 'reply.due': 'none' } })
    const row = await db.outbox.orderBy('n').first()
    expect(readEntry(row?.bytes ?? '')?.args).toEqual({ mails: { 'need.stage': 'none' }, quiet_from: null, quiet_to: null })
  })
})
