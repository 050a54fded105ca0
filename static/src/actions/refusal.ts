export type RefusalCode = 'too_large' | 'signed_out' | 'storage_full' | 'not_open'

/** Why this phone did not save an entry. */
export class Refusal extends Error {
  constructor(readonly code: RefusalCode) {
    super(code)
    this.name = 'Refusal'
  }
}

export interface Saved {
  entryId: string
  rowId: string
}
