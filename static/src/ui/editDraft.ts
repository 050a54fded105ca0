import { asStored, formOf, groupsOf, isNamed, takeAll, type SharedName, type Values } from '../shapes/shared'
import { lengthOf, strip } from '../shapes/take'

/** What was written on an edit screen and is not saved: only fields that were touched, with what was seen of them then. */
export interface EditDraft {
  values: Values
  seen: Values
}

export function emptyEdit(): EditDraft {
  return { values: {}, seen: {} }
}

/** What stands in a field: what was written, else what the row shows. */
export function valueOf({ values }: EditDraft, shown: Values, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : shown[name]
}

/** The draft after writing into fields. What a person saw is what stood there when they began; let go, a field is live again. */
export function write(draft: EditDraft, shape: SharedName, shown: Values, patch: Values): EditDraft {
  const values: Record<string, unknown> = { ...draft.values }
  const seen: Record<string, unknown> = { ...draft.seen }
  for (const group of groupsOf(shape, Object.keys(patch))) {
    for (const name of group) {
      if (!Object.hasOwn(seen, name)) seen[name] = shown[name]
      values[name] = valueOf({ values: { ...values, ...patch }, seen }, shown, name)
    }
    if (group.some((name) => values[name] !== seen[name])) continue
    for (const name of group) {
      delete values[name]
      delete seen[name]
    }
  }
  return { values, seen }
}

export function isUntouched({ values }: EditDraft): boolean {
  return Object.keys(values).length === 0
}

/** Whether saving would say anything. */
export function isChanged({ values, seen }: EditDraft, shape: SharedName): boolean {
  return Object.entries(values).some(([name, value]) => asStored(shape, name, value) !== seen[name])
}

export type Trouble = 'needed' | 'too_long' | 'bad_form' | 'bad_letters'

/** Why the server would not take a field as it stands. */
export function troubleOf(shape: SharedName, name: string, value: unknown): Trouble | undefined {
  const form = formOf(shape, name)
  if (form === undefined || typeof value !== 'string' || takeAll(shape, { [name]: value }) !== undefined) return undefined
  if (strip(value) === '') return 'needed'
  if ('max' in form && lengthOf(value.normalize('NFC')) > form.max) return 'too_long'
  return form.form === 'email' ? 'bad_form' : 'bad_letters'
}

export function canSave(draft: EditDraft, shape: SharedName, shown: Values): boolean {
  const isTaken = takeAll(shape, draft.values) !== undefined
  return isChanged(draft, shape) && isTaken && isNamed(shape, { ...shown, ...draft.values })
}

/** What a field that is being written into was changed to by somebody else meanwhile. */
export function meanwhile({ values, seen }: EditDraft, shape: SharedName, shown: Values, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(seen, name) && seen[name] !== shown[name] && asStored(shape, name, values[name]) !== shown[name])
}
