import { isFields, text, textOrNull, type Fields } from './fields'

/** One change of one field, as the server's history has it. */
export interface FieldEdit {
  field: string
  before: unknown
  after: unknown
  /** null when it was no member: an import, for one */
  member: string | null
  made_at: string
  received_at: string
}

export interface HistoryPage {
  edits: FieldEdit[]
  /** where the older ones are */
  next: string | null
}

function readEdit(f: Fields): FieldEdit {
  return {
    field: text(f, 'field'),
    before: f.before ?? null,
    after: f.after ?? null,
    member: textOrNull(f, 'member'),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

export function readHistoryPage(value: unknown): HistoryPage | undefined {
  if (!isFields(value) || !Array.isArray(value.results)) return undefined
  return { edits: value.results.filter(isFields).map(readEdit), next: textOrNull(value, 'next') }
}
