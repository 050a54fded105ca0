import type { Saved } from './refusal'
import { save } from './save'

/** Its needs keep pointing to it, so that bringing it back is exact. */
export async function removeTheme({ theme }: { theme: string }): Promise<Saved> {
  return save('theme.remove', { theme }, theme)
}
