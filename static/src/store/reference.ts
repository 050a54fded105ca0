import type { Member } from '../shapes/member'
import type { Product } from '../shapes/product'
import type { Team } from '../shapes/team'
import type { Territory } from '../shapes/territory'
import type { Live } from './live'

export declare const members: Live<Map<string, Member>>
export declare const teams: Live<Map<string, Team>>
export declare const territories: Live<Map<string, Territory>>
export declare const products: Live<Map<string, Product>>
