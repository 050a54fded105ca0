import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptNeed } from '../../actions/acceptNeed'
import { addTheme } from '../../actions/addTheme'
import { mergeNeed } from '../../actions/mergeNeed'
import { removeTheme } from '../../actions/removeTheme'
import { restoreTheme } from '../../actions/restoreTheme'
import { takeNeed } from '../../actions/takeNeed'
import type { Phone } from '../../db/schema'
import { newId } from '../../shapes/id'
import { daysLater, holdNeed, holdTally } from '../../testing/needs'
import { hold, holdCustomer } from '../../testing/office'
import { layDown, takeUp } from '../../testing/phone'
import { written } from '../../testing/undo'
import { isThere, watch } from '../../testing/watch'
import { makeWorld, type World } from '../../testing/world'
import { needBoard, needList, needProducts, needThemes, themeChoices } from './board'
import type { NeedFilter, NeedOrder } from './filter'

let world: World
let db: Phone
let steel: string
let noise: string
let pump: string

beforeEach(async () => {
  world = makeWorld()
  db = await takeUp(world, world.jun)
  steel = await holdCustomer(db, world, '대한철강')
  noise = await hold(db, 'theme', newId(), { name: '소음' })
  pump = await hold(db, 'product', newId(), { name: '펌프 P-200', code: 'P-200', is_active: true })
})

afterEach(() => layDown(db))

async function need(title: string, customers: number, part: object = {}): Promise<string> {
  const id = await holdNeed(db, { customer: steel, member: world.ana.id, title, ...part })
  await holdTally(db, id, { customers, voices: customers, reporters: 3, ...('heard' in part ? { heard_at: part.heard } : {}) })
  return id
}

async function titles(filter: NeedFilter, order: NeedOrder = 'weight'): Promise<string[]> {
  return (await watch(needList(filter, order)).until(isThere)).map((line) => line.need.title)
}

describe('the board', () => {
  it('has every stage, with the needs that speak for themselves, the heaviest first', async () => {
    await need('light', 1)
    await need('heavy', 7)
    await need('built', 2, { stage: 'built' })
    await holdNeed(db, { customer: steel, member: world.ana.id })
    const columns = await watch(needBoard({}, 'weight')).until(isThere)
    expect(columns.map(({ stage }) => stage)).toEqual(['heard', 'confirmed', 'accepted', 'declined', 'built', 'shown', 'solved', 'not_yet'])
    expect(columns[0]?.needs.map((line) => line.need.title)).toEqual(['heavy', 'light'])
    expect(columns[0]?.needs[0]?.weight).toMatchObject({ customers: 7, diversity: 1 })
    expect(columns[4]?.needs.map((line) => line.need.title)).toEqual(['built'])
  })

  it('moves a need as soon as ten seconds have passed, and says so until then', async () => {
    const id = await need('조용한 펌프', 1)
    const lines = watch(needList({}, 'weight'))
    await lines.until((value) => value?.length === 1)
    const undone = acceptNeed({ need: id })
    await lines.until((value) => value?.[0]?.undoUntil !== undefined)
    undone.undo()
    expect(await undone.done).toBeUndefined()
    await written(() => acceptNeed({ need: id, note: '다음 분기에' }))
    const moved = await lines.until((value) => value?.[0]?.need.stage === 'accepted')
    expect(moved?.[0]).toMatchObject({ entryState: 'saved', need: { milestones: [{ reason: '다음 분기에' }] } })
    expect(await db.outbox.count()).toBe(1)
  })

  it('shows a group as one, and counts what is under it', async () => {
    const [head, other] = [await need('조용한 펌프', 3), await need('소음', 1)]
    await written(() => mergeNeed({ need: other, into: head }))
    const lines = await watch(needList({}, 'weight')).until((value) => value?.length === 1)
    expect(lines?.[0]).toMatchObject({ merged: 1, need: { id: head } })
  })

  it('can be ordered by when it was last heard', async () => {
    await need('old and heavy', 9)
    await need('new', 1, { heard: daysLater(3).received_at })
    expect(await titles({}, 'newest')).toEqual(['new', 'old and heavy'])
    expect(await titles({}, 'weight')).toEqual(['old and heavy', 'new'])
  })

  it('filters by theme, product, stage, owner and text', async () => {
    const mine = await need('조용한 펌프', 2, { theme: noise, product: pump })
    await need('빠른 납품', 1, { stage: 'accepted', owner: world.ana.id })
    await takeNeed({ need: mine })
    expect(await titles({ theme: noise })).toEqual(['조용한 펌프'])
    expect(await titles({ theme: null })).toEqual(['빠른 납품'])
    expect(await titles({ product: pump })).toEqual(['조용한 펌프'])
    expect(await titles({ stage: 'accepted' })).toEqual(['빠른 납품'])
    expect(await titles({ owner: 'mine' })).toEqual(['조용한 펌프'])
    expect(await titles({ owner: 'none' })).toEqual([])
    for (const text of ['ㅈㅇㅎ', '펌프 조용', '소음', 'p-200']) expect(await titles({ text }), text).toEqual(['조용한 펌프'])
    expect(await titles({ text: '조용 납품' })).toEqual([])
  })
})

describe('themes', () => {
  it('count customers as the server did: no more than all, no fewer than the largest', async () => {
    await need('조용한 펌프', 3, { theme: noise })
    await need('조용한 밸브', 2, { theme: noise })
    await need('빠른 납품', 9)
    const themes = await watch(needThemes).until(isThere)
    expect(themes.map(({ theme, needs, customers }) => [theme?.name, needs.length, customers])).toEqual([
      ['소음', 2, { least: 3, most: 5 }],
      [undefined, 1, { least: 9, most: 9 }],
    ])
  })

  it('come and go with the entries of this phone', async () => {
    const choices = watch(themeChoices)
    const names = (themes: { name: string }[] | undefined) => themes?.map((theme) => theme.name).join()
    const { rowId } = await addTheme({ name: '속도' })
    await choices.until((value) => names(value) === '소음,속도')
    await removeTheme({ theme: noise })
    await choices.until((value) => names(value) === '속도')
    await restoreTheme({ theme: noise })
    await removeTheme({ theme: rowId })
    await choices.until((value) => names(value) === '소음')
  })

  it('of products are those that needs are about', async () => {
    await need('조용한 펌프', 3, { product: pump })
    await need('빠른 납품', 9)
    const products = await watch(needProducts).until(isThere)
    expect(products.map(({ product, needs }) => [product?.name, needs.length])).toEqual([['펌프 P-200', 1], [undefined, 1]])
  })
})
