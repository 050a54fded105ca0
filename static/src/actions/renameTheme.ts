import type { Saved } from './refusal'
import { save } from './save'

export interface RenameTheme {
  theme: string
  name: string
}

export async function renameTheme({ theme, name }: RenameTheme): Promise<Saved> {
  return save('theme.rename', { theme, name }, theme)
}
