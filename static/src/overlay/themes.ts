import { NOTHING, type Ground, type Reducer } from './ground'
import { editsNeeds } from './rights'

function isTaken(name: string, ground: Ground): boolean {
  return ground.all('theme').some((theme) => theme.name === name && !theme.is_removed)
}

export const addTheme: Reducer<'theme.add'> = ({ args: { theme: id, name } }, ground) => {
  const isKnown = ground.theme(id) !== undefined
  if (!editsNeeds(ground.actor) || isKnown || isTaken(name, ground)) return NOTHING
  return { theme: [{ id, name, needs: 0, customers: 0, is_removed: false }] }
}

export const renameTheme: Reducer<'theme.rename'> = ({ args: { theme: id, name } }, ground) => {
  const theme = ground.theme(id)
  if (!editsNeeds(ground.actor) || theme === undefined || theme.is_removed || isTaken(name, ground)) return NOTHING
  return { theme: [{ ...theme, name }] }
}

export const removeTheme: Reducer<'theme.remove'> = ({ args }, ground) => {
  const theme = ground.theme(args.theme)
  if (!editsNeeds(ground.actor) || theme === undefined || theme.is_removed) return NOTHING
  return { theme: [{ ...theme, is_removed: true }] }
}

/** One that was removed before is not on this phone: it comes back with the server's answer. */
export const restoreTheme: Reducer<'theme.restore'> = ({ args }, ground) => {
  const theme = ground.theme(args.theme)
  if (!editsNeeds(ground.actor) || theme === undefined || !theme.is_removed || isTaken(theme.name, ground)) return NOTHING
  return { theme: [{ ...theme, is_removed: false }] }
}
