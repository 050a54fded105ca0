import { describe, expect, it } from 'vitest'
import { parentOf, readAddress, to } from './routes'

describe('addresses', () => {
  it.each([
    ['/', { name: 'today' }],
    ['/customers', { name: 'customers' }],
    ['/customers/', { name: 'customers' }],
    ['/customers/c1', { name: 'customer', id: 'c1' }],
    ['/customers/c1/edit', { name: 'edit', customer: 'c1', shape: 'customer', id: 'c1' }],
    ['/customers/c1/sites/s1', { name: 'edit', customer: 'c1', shape: 'site', id: 's1' }],
    ['/customers/c1/contacts/p1', { name: 'edit', customer: 'c1', shape: 'contact', id: 'p1' }],
    ['/conflicts', { name: 'conflicts' }],
    ['/conflicts/x1', { name: 'conflict', id: 'x1' }],
    ['/visits/v1', { name: 'visit', id: 'v1' }],
    ['/record', { name: 'record' }],
    ['/record/c1', { name: 'record', customer: 'c1' }],
    ['/plan', { name: 'plan' }],
    ['/outbox', { name: 'outbox' }],
    ['/feed', { name: 'feed' }],
    ['/needs', { name: 'needs' }],
    ['/needs/n1', { name: 'need', id: 'n1' }],
    ['/needs/n1/x', { name: 'lost' }],
    ['/tickets', { name: 'tickets' }],
    ['/tickets/t1', { name: 'ticket', id: 't1' }],
    ['/tickets/figures', { name: 'ticket-figures' }],
    ['/tickets/t1/x', { name: 'lost' }],
    ['/causes', { name: 'causes' }],
    ['/causes/k1', { name: 'cause', id: 'k1' }],
    ['/manage/chips', { name: 'chips' }],
    ['/manage/calendars', { name: 'calendars' }],
    ['/manage/promises', { name: 'promises' }],
    ['/manage/promises/p1', { name: 'lost' }],
    ['/notifications', { name: 'notifications' }],
    ['/me', { name: 'me' }],
    ['/sign-in', { name: 'sign-in' }],
    ['/nowhere', { name: 'lost' }],
    ['/customers/a/b', { name: 'lost' }],
    ['/customers/a/edit/b', { name: 'lost' }],
    ['/customers/a/sites', { name: 'lost' }],
    ['/customers/a/sites/b/c', { name: 'lost' }],
    ['/conflicts/a/b', { name: 'lost' }],
    ['/constructor', { name: 'lost' }],
    ['/%E0%A4%A', { name: 'lost' }],
  ])('%s is read', (path, route) => {
    expect(readAddress(path)).toEqual(route)
  })

  it('carries the visit and the customer of a query', () => {
    expect(readAddress('/record/c1', '?visit=v1')).toEqual({ name: 'record', customer: 'c1', visit: 'v1' })
    expect(readAddress('/plan', '?customer=c1')).toEqual({ name: 'plan', customer: 'c1' })
  })

  it('says what is to be recorded, where it is known', () => {
    expect(readAddress('/record', '?as=need')).toEqual({ name: 'record', as: 'need' })
    expect(readAddress('/record/c1', '?as=observation&visit=v1')).toEqual({ name: 'record', customer: 'c1', visit: 'v1', as: 'observation' })
    expect(readAddress('/record/c1', '?as=ticket')).toEqual({ name: 'record', customer: 'c1', as: 'ticket' })
    expect(readAddress('/record', '?as=song')).toEqual({ name: 'record' })
  })

  it('reads back every address it writes', () => {
    const odd = 'a/b ?&#한'
    const read = (address: string) => {
      const url = new URL(address, 'https://phone.test')
      return readAddress(url.pathname, url.search)
    }
    expect(read(to.customer(odd))).toEqual({ name: 'customer', id: odd })
    expect(read(to.editCustomer(odd))).toEqual({ name: 'edit', customer: odd, shape: 'customer', id: odd })
    expect(read(to.editSite(odd, odd))).toEqual({ name: 'edit', customer: odd, shape: 'site', id: odd })
    expect(read(to.editContact(odd, odd))).toEqual({ name: 'edit', customer: odd, shape: 'contact', id: odd })
    expect(read(to.editAsset(odd, odd))).toEqual({ name: 'edit', customer: odd, shape: 'asset', id: odd })
    expect(read(to.conflict(odd))).toEqual({ name: 'conflict', id: odd })
    expect(read(to.visit(odd))).toEqual({ name: 'visit', id: odd })
    expect(read(to.record(odd, odd))).toEqual({ name: 'record', customer: odd, visit: odd })
    expect(read(to.record(undefined, undefined, 'need'))).toEqual({ name: 'record', as: 'need' })
    expect(read(to.need(odd))).toEqual({ name: 'need', id: odd })
    expect(read(to.ticket(odd))).toEqual({ name: 'ticket', id: odd })
    expect(read(to.cause(odd))).toEqual({ name: 'cause', id: odd })
    expect(read(to.plan(odd))).toEqual({ name: 'plan', customer: odd })
  })

  it('leads back to where a screen belongs', () => {
    expect(parentOf({ name: 'customer', id: 'c1' })).toBe('/customers')
    expect(parentOf({ name: 'visit', id: 'v1' })).toBe('/feed')
    expect(parentOf({ name: 'record', customer: 'c1' })).toBe('/customers/c1')
    expect(parentOf({ name: 'edit', customer: 'c1', shape: 'site', id: 's1' })).toBe('/customers/c1')
    expect(parentOf({ name: 'conflict', id: 'x1' })).toBe('/conflicts')
    expect(parentOf({ name: 'ticket', id: 't1' })).toBe('/tickets')
    expect(parentOf({ name: 'causes' })).toBe('/tickets')
    expect(parentOf({ name: 'cause', id: 'k1' })).toBe('/causes')
    expect(parentOf({ name: 'chips' })).toBe('/manage')
    expect(parentOf({ name: 'me' })).toBe('/')
  })
})
