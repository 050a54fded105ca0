import type { FieldEdit } from '../shapes/fieldEdit'
import { groupsOf, type SharedName } from '../shapes/shared'

/** One change as a person reads it: fields that are one thing together stand as one. */
export interface HistoryLine {
  names: string[]
  before: unknown[]
  after: unknown[]
  member: string | null
  at: string
}

function isSameDeed(a: FieldEdit, b: FieldEdit): boolean {
  return a.member === b.member && a.made_at === b.made_at && a.received_at === b.received_at
}

/** The changes in their order, each group of fields once. */
export function historyLines(shape: SharedName, edits: readonly FieldEdit[]): HistoryLine[] {
  const told = new Set<FieldEdit>()
  const lines: HistoryLine[] = []
  for (const edit of edits) {
    if (told.has(edit)) continue
    const [names = [edit.field]] = groupsOf(shape, [edit.field])
    const parts = names.map((name) => edits.find((other) => other.field === name && isSameDeed(other, edit)))
    const found = parts.filter((part) => part !== undefined)
    for (const part of found) told.add(part)
    lines.push({
      names: found.map((part) => part.field),
      before: found.map((part) => part.before),
      after: found.map((part) => part.after),
      member: edit.member,
      at: edit.made_at,
    })
  }
  return lines
}
