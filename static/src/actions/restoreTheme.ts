import type { Saved } from './refusal'
import { save } from './save'

/** Also the Undo after it was removed. */
export async function restoreTheme({ theme }: { theme: string }): Promise<Saved> {
  return save('theme.restore', { theme }, theme)
}
