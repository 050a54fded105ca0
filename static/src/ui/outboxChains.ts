import type { OutboxItem } from '../store/outbox'

type Linked = Pick<OutboxItem, 'entryId' | 'n' | 'waitsFor'>

/** An entry with all that wait for it, directly or for one that does, in the order they were written. */
export interface Chain<Item extends Linked> {
  item: Item
  waiting: Item[]
}

/** The entry at whose end an item waits; the item itself when it waits for nothing that is listed here. */
function rootOf<Item extends Linked>(item: Item, byId: ReadonlyMap<string, Item>): Item {
  const passed = new Set<string>()
  let root = item
  while (root.waitsFor !== undefined && !passed.has(root.entryId)) {
    passed.add(root.entryId)
    const next = byId.get(root.waitsFor)
    if (next === undefined) break
    root = next
  }
  return root
}

/** Items in their order, each with those that wait for it: what is set right once is shown once. */
export function chainsOf<Item extends Linked>(items: readonly Item[]): Chain<Item>[] {
  const byId = new Map(items.map((item) => [item.entryId, item]))
  const roots = new Map(items.map((item) => [item, rootOf(item, byId)]))
  return items
    .filter((item) => roots.get(item) === item)
    .map((item) => ({
      item,
      waiting: items.filter((other) => other !== item && roots.get(other) === item).sort((a, b) => a.n - b.n),
    }))
}
