import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addAsset } from '../actions/addAsset'
import { editAsset } from '../actions/editAsset'
import { removeAsset } from '../actions/removeAsset'
import { restoreAsset } from '../actions/restoreAsset'
import type { Phone } from '../db/schema'
import type { Asset } from '../shapes/asset'
import { newId } from '../shapes/id'
import { entries, hold, holdCustomer, settle } from '../testing/office'
import { layDown, takeUp } from '../testing/phone'
import { isThere, watch } from '../testing/watch'
import { makeWorld, type World } from '../testing/world'
import { assetById, assetLine, assetOfSerial, assetsOfCustomer, assetsOfSite, findAssets, mayAddAsset, type AssetHit } from './assets'
import { customerCard } from './customers'
import { editable } from './editing'
import { outbox } from './outbox'

let world: World
let db: Phone
let steel: string
let paper: string
let gate: string
let board: string

async function open(me: World['ana'] | World['jun']): Promise<void> {
  db = await takeUp(world, me)
  steel = await holdCustomer(db, world, '대한철강')
  paper = await holdCustomer(db, world, '한일제지')
  gate = await hold(db, 'site', newId(), { customer: steel, name: '본사' })
  board = await holdAsset({ name: '전자칠판', serial: 'EB8-730240', tag: '1001' })
}

async function holdAsset(part: Partial<Asset>): Promise<string> {
  const nothing = { customer: steel, site: null, product: null, name: '', serial: '', tag: '', notes: '' }
  return hold(db, 'asset', newId(), { ...nothing, ...part })
}

beforeEach(async () => {
  world = makeWorld()
  await open(world.ana)
})

afterEach(() => layDown(db))

const tags = (assets: readonly Asset[]) => assets.map((asset) => asset.tag)
const tagsOf = (hits: readonly AssetHit[]) => hits.map(({ asset }) => asset.tag)

describe('an asset that is added without a signal', () => {
  it('is found, listed and opened at once, and says how it stands', async () => {
    const { rowId } = await addAsset({ customer: steel, site: gate, serial: ' SN-7 ', tag: '1002' })
    expect((await entries(db)).at(-1)).toMatchObject({
      kind: 'asset.add',
      args: { asset: rowId, customer: steel, site: gate, serial: 'SN-7', tag: '1002' },
    })
    expect(tagsOf((await watch(findAssets('1002')).until((hits) => hits?.length === 1))!)).toEqual(['1002'])
    expect(tags((await watch(assetsOfCustomer(steel)).until(isThere))!)).toEqual(['1002', '1001'])
    expect(tags((await watch(assetsOfSite(gate)).until(isThere))!)).toEqual(['1002'])
    expect(await watch(assetById(rowId)).until(isThere)).toMatchObject({ serial: 'SN-7' })
    const card = await watch(customerCard(steel)).until((value) => value?.assets.length === 2)
    expect(card?.standings.get(`asset:${rowId}`)?.state).toBe('saved')
    expect(await watch(editable('asset', rowId)).until(isThere)).toMatchObject({ canEdit: true, row: { tag: '1002' } })
  })

  it('can be edited before it is sent, over what it said', async () => {
    const { rowId } = await addAsset({ customer: steel, serial: 'SN-7' })
    await editAsset({ asset: rowId, seen: { serial: 'SN-7', notes: '' }, values: { serial: 'SN-8', notes: '3층' } })
    expect((await entries(db)).at(-1)).toMatchObject({ kind: 'asset.change', from: { serial: 'SN-7', notes: '' } })
    expect((await watch(findAssets('sn8')).until((hits) => hits?.length === 1))?.[0]).toMatchObject({ asset: { notes: '3층' }, customer: { name: '대한철강' } })
  })

  it('is spoken of in the outbox with its customer and its number', async () => {
    await addAsset({ customer: steel, tag: '1002' })
    const list = await watch(outbox).until((items) => items !== undefined && items.length > 0)
    expect(list?.[0]).toMatchObject({ kind: 'asset.add', args: { tag: '1002' } })
  })
})

describe('an asset that is removed', () => {
  it('is nowhere at once, and back at once when it is undone', async () => {
    const known = watch(findAssets('1001'))
    await known.until((hits) => hits?.length === 1)
    await removeAsset({ asset: board })
    await known.until((hits) => hits?.length === 0)
    expect(tags((await watch(assetsOfCustomer(steel)).until(isThere))!)).toEqual([])
    expect(await watch(assetById(board)).until((value) => value !== undefined)).toBeNull()
    expect(await watch(editable('asset', board)).until((value) => value !== undefined)).toBeNull()
    await restoreAsset({ asset: board })
    await known.until((hits) => hits?.length === 1)
    expect((await entries(db)).map((entry) => entry.kind)).toEqual(['asset.remove', 'asset.restore'])
  })

  it('comes back even when nobody but this phone has heard of it', async () => {
    const { rowId } = await addAsset({ customer: steel, tag: '1002' })
    const list = watch(assetsOfCustomer(steel))
    const card = watch(customerCard(steel))
    await card.until((value) => value?.assets.length === 2)
    await removeAsset({ asset: rowId })
    await list.until((assets) => assets?.length === 1)
    await card.until((value) => value?.assets.length === 1)
    await restoreAsset({ asset: rowId })
    expect(tags((await list.until((assets) => assets?.length === 2))!)).toEqual(['1002', '1001'])
    await card.until((value) => value?.assets.length === 2)
  })

  it('stays in sight once the server has refused to', async () => {
    const { entryId } = await removeAsset({ asset: board })
    await settle(db, entryId, { state: 'parked', code: 'not_permitted', overlay: 0 })
    expect(tags((await watch(assetsOfCustomer(steel)).until(isThere))!)).toEqual(['1001'])
  })
})

describe('what was parked about an asset that is gone', () => {
  it('can be brought in by bringing it back', async () => {
    const saved = await editAsset({ asset: board, seen: { notes: '' }, values: { notes: '3층' } })
    await settle(db, saved!.entryId, { state: 'parked', code: 'row_deleted', params: { field: 'asset' } })
    const list = await watch(outbox).until((items) => items?.[0]?.code === 'row_deleted')
    expect(list?.[0]?.removed).toEqual({ shape: 'asset', row: board })
  })
})

describe('a serial that is known', () => {
  it('is told with where it stands, however it is written, and not of the asset itself', async () => {
    const known = await watch(assetOfSerial('eb8 730240')).until(isThere)
    expect(known).toMatchObject({ asset: { id: board }, customer: { name: '대한철강' } })
    const other = await holdAsset({ customer: paper, serial: 'EB8730240', tag: '9' })
    await watch(findAssets('9', paper)).until((hits) => hits?.length === 1)
    expect((await watch(assetOfSerial('EB8-730240', board)).until(isThere))?.asset.id).toBe(other)
  })
})

describe('the assets of the phone', () => {
  it('are found by label among all, or at one customer only', async () => {
    await holdAsset({ customer: paper, name: '복사기', tag: '1001-B' })
    const all = await watch(findAssets('1001')).until((hits) => hits?.length === 2)
    expect(tagsOf(all!)).toEqual(['1001', '1001-B'])
    expect(tagsOf((await watch(findAssets('1001', paper)).until(isThere))!)).toEqual(['1001-B'])
  })

  it('come and go with the pages of the server', async () => {
    const known = watch(findAssets('1001'))
    await known.until((hits) => hits?.length === 1)
    await hold(db, 'asset', board, { ...(await db.asset.get(board))!.f, tag: '3001' })
    await known.until((hits) => hits?.length === 0)
    expect(tagsOf((await watch(findAssets('3001')).until((hits) => hits?.length === 1))!)).toEqual(['3001'])
  })

  it('outlive their site', async () => {
    await hold(db, 'asset', board, { ...(await db.asset.get(board))!.f, site: newId() })
    const card = await watch(customerCard(steel)).until((value) => value?.assets[0]?.site != null)
    expect(card?.assets).toHaveLength(1)
  })

  it('are called by all that people know them by', async () => {
    expect(assetLine({ name: '전자칠판', serial: 'EB8-1', tag: '' })).toBe('전자칠판 · EB8-1')
    expect(assetLine({ name: '', serial: '', tag: '1001' })).toBe('1001')
  })
})

describe('who may add one', () => {
  it('is whoever edits the customer', async () => {
    expect(await watch(mayAddAsset(steel)).until((value) => value !== undefined)).toBe(true)
    expect(await watch(mayAddAsset(newId())).until((value) => value !== undefined)).toBe(false)
    db.close()
    await open(world.jun)
    expect(await watch(mayAddAsset(steel)).until((value) => value !== undefined)).toBe(false)
  })
})
