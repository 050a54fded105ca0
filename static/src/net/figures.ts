import { readFigures, type Figures } from '../shapes/figures'
import { send } from './http'
import { understood, type Understood } from './understood'

export async function getFigures(): Promise<Understood<Figures>> {
  return understood(await send({ method: 'GET', path: '/api/v1/needs/figures/' }), readFigures)
}
