import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { save } from './save'

export interface AddTheme {
  theme?: string
  name: string
}

export async function addTheme({ theme = newId(), name }: AddTheme): Promise<Saved> {
  return save('theme.add', { theme, name }, theme)
}
