import type { KindArgs } from '../shapes/entry'
import { asStored, groupsOf, type SharedName, type Values } from '../shapes/shared'
import type { Saved } from './refusal'
import { save } from './save'

type ChangeKind = `${SharedName}.change`

export interface Edited {
  /** what the person saw of every field they could edit: the base and what was pending */
  seen: Values
  /** the fields they wrote into */
  values: Values
}

/** The fields that really differ from what was seen, as the server will store them, with what was seen of them. */
function difference(shape: SharedName, { seen, values }: Edited): { wanted: Values; from: Values } {
  const written = Object.entries(values).map(([name, value]) => [name, asStored(shape, name, value)] as const)
  const changed = written.filter(([name, value]) => value !== seen[name]).map(([name]) => name)
  const names = groupsOf(shape, changed).flat()
  const stored = new Map(written)
  const now = (name: string) => (stored.has(name) ? stored.get(name) : seen[name])
  return {
    wanted: Object.fromEntries(names.map((name) => [name, now(name)])),
    from: Object.fromEntries(names.map((name) => [name, seen[name]])),
  }
}

/** Writes what differs; undefined when nothing does. */
export async function editRow(shape: SharedName, row: string, edited: Edited): Promise<Saved | undefined> {
  const { wanted, from } = difference(shape, edited)
  if (Object.keys(wanted).length === 0) return undefined
  const kind: ChangeKind = `${shape}.change`
  return save(kind, { [shape]: row, ...wanted } as unknown as KindArgs[ChangeKind], row, { from })
}
