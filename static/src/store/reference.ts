import { allRows } from '../db/read'
import type { Member } from '../shapes/member'
import type { Product } from '../shapes/product'
import type { ShapeName, Shapes } from '../shapes/row'
import type { Team } from '../shapes/team'
import type { Territory } from '../shapes/territory'
import type { Theme } from '../shapes/theme'
import { live, type Live } from './live'

function all<Name extends ShapeName>(name: Name): Live<Map<string, Shapes[Name]>> {
  return live((db) => allRows(db, name), new Map<string, Shapes[Name]>())
}

export const members: Live<Map<string, Member>> = all('member')
export const teams: Live<Map<string, Team>> = all('team')
export const territories: Live<Map<string, Territory>> = all('territory')
export const themes: Live<Map<string, Theme>> = all('theme')
export const products: Live<Map<string, Product>> = all('product')
