import type { Saved } from './refusal'
import { save } from './save'

export async function withdrawHelp({ help }: { help: string }): Promise<Saved> {
  return save('help.withdraw', { help }, help)
}
