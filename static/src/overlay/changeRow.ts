import type { Asset } from '../shapes/asset'
import type { Cause } from '../shapes/cause'
import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import { isFields, type Fields } from '../shapes/fields'
import type { Need } from '../shapes/need'
import { asStored, groupsOf, isNamed, takeAll, type SharedName, type Values } from '../shapes/shared'
import type { Site } from '../shapes/site'
import type { Ticket } from '../shapes/ticket'
import { mayCauseSay, mayTicketSay } from './changeTicket'
import { NOTHING, type Changed, type Ground, type Reducer } from './ground'
import { merge } from './merge'
import { editsNeeds, mayEdit } from './rights'
import { worksOnTickets } from './ticketRights'

interface Edit {
  shape: SharedName
  row: string
  /** when its writer made it, by the phone's clock */
  at: string
  /** fields and their new values, as an entry has them */
  wanted: Fields
  /** what the writer saw of these fields */
  seen: Fields | undefined
}

type Shared = Customer | Site | Contact | Asset | Need | Ticket | Cause

/** The customer an edit is about, where the actor may make it; a customer belongs to itself. */
function editedOwner(row: Shared, ground: Ground): string | undefined {
  if ('milestones' in row) return editsNeeds(ground.actor) ? row.customer : undefined
  if ('watchers' in row && row.withdrawn_at !== null) return undefined
  if ('watchers' in row || 'countermeasure' in row) return worksOnTickets(ground.actor) ? row.customer : undefined
  const owner = 'territory' in row ? row : ground.customer(row.customer)
  return owner !== undefined && mayEdit(owner, ground) ? owner.id : undefined
}

function sharedRow(shape: SharedName, id: string, ground: Ground): Shared | undefined {
  const row: Shared | undefined = ground[shape](id)
  return row !== undefined && 'is_removed' in row && row.is_removed ? undefined : row
}

/** What was seen, as the server would store it; undefined when something is not said. */
function seenOf({ shape, seen }: Edit, wanted: Values): Values | undefined {
  const names = groupsOf(shape, Object.keys(wanted)).flat()
  if (!isFields(seen) || !names.every((name) => Object.hasOwn(seen, name))) return undefined
  return Object.fromEntries(names.map((name) => [name, asStored(shape, name, seen[name])]))
}

/** Whether the rows an edit points to can be pointed to. */
export function pointsRight(row: Shared, wanted: Values, ground: Ground): boolean {
  if ('watchers' in row) return mayTicketSay(row, wanted, ground)
  if ('countermeasure' in row) return mayCauseSay(row, wanted, ground)
  const { site, territory, theme, product } = wanted
  const isRight = (id: unknown, may: (id: string) => boolean) => typeof id !== 'string' || may(id)
  return (
    isRight(site, (id) => 'customer' in row && ground.site(id)?.customer === row.customer) &&
    isRight(territory, (id) => ground.mayFile(id)) &&
    isRight(theme, (id) => ground.theme(id)?.is_removed === false) &&
    isRight(product, (id) => ground.product(id) !== undefined)
  )
}

/** The row after an edit, and what it clashes with; undefined when the server will refuse it. */
export function editRow(edit: Edit, ground: Ground): Changed | undefined {
  const row = sharedRow(edit.shape, edit.row, ground)
  const wanted = takeAll(edit.shape, edit.wanted)
  const seen = wanted && seenOf(edit, wanted)
  if (row === undefined || wanted === undefined || seen === undefined) return undefined
  const customer = editedOwner(row, ground)
  if (customer === undefined || !pointsRight(row, wanted, ground)) return undefined
  const { values, clashes } = merge(edit.shape, { ...row }, seen, wanted)
  if (!isNamed(edit.shape, { ...row, ...values })) return undefined
  const about = { customer, shape: edit.shape, row: row.id, member: ground.actor.id, made_at: edit.at }
  return {
    ...(Object.keys(values).length === 0 ? {} : { [edit.shape]: [{ ...row, ...values }] }),
    ...(clashes.length === 0 ? {} : { clashes: clashes.map((clash) => ({ ...about, ...clash })) }),
  }
}

export const changeCustomer: Reducer<'customer.change'> = ({ at, args: { customer: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'customer', row, at, wanted, seen }, ground) ?? NOTHING

export const changeSite: Reducer<'site.change'> = ({ at, args: { site: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'site', row, at, wanted, seen }, ground) ?? NOTHING

export const changeContact: Reducer<'contact.change'> = ({ at, args: { contact: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'contact', row, at, wanted, seen }, ground) ?? NOTHING

export const changeAsset: Reducer<'asset.change'> = ({ at, args: { asset: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'asset', row, at, wanted, seen }, ground) ?? NOTHING

export const changeNeed: Reducer<'need.change'> = ({ at, args: { need: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'need', row, at, wanted, seen }, ground) ?? NOTHING

export const changeTicket: Reducer<'ticket.change'> = ({ at, args: { ticket: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'ticket', row, at, wanted, seen }, ground) ?? NOTHING

export const changeCause: Reducer<'cause.change'> = ({ at, args: { cause: row, ...wanted }, from: seen }, ground) =>
  editRow({ shape: 'cause', row, at, wanted, seen }, ground) ?? NOTHING
