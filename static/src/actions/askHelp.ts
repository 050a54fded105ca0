import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { save } from './save'

export interface AskHelp {
  help?: string
  ticket: string
  /** the colleague who is asked */
  engineer: string
  text: string
}

export async function askHelp({ help = newId(), ticket, engineer, text }: AskHelp): Promise<Saved> {
  return save('help.ask', { help, ticket, engineer, text }, help)
}
