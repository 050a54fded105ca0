import { PARTS } from './contact'
import { isFields } from './fields'
import { take, type FieldForm } from './take'
import { SEVERITIES } from './ticket'

/** Nouns whose fields many people edit. */
export const SHARED_NAMES = ['customer', 'site', 'contact', 'asset', 'need', 'ticket', 'cause'] as const
export type SharedName = (typeof SHARED_NAMES)[number]

/** Those that tell of a customer itself: they lie in its territory, and can be removed and brought back. */
export const CUSTOMER_NAMES = ['customer', 'site', 'contact', 'asset'] as const satisfies readonly SharedName[]
export type CustomerName = (typeof CUSTOMER_NAMES)[number]

/** The form of every field that can be edited, as the server's inputs have it. */
export const FORMS = {
  customer: {
    name: { form: 'name', max: 200, isNeeded: true },
    external_id: { form: 'name', max: 80 },
    segment: { form: 'name', max: 80 },
    phone: { form: 'name', max: 40 },
    memo: { form: 'text', max: 4000 },
    territory: { form: 'id', isNeeded: true },
  },
  site: {
    name: { form: 'name', max: 200, isNeeded: true },
    address: { form: 'name', max: 300 },
    latitude: { form: 'degrees', most: 90 },
    longitude: { form: 'degrees', most: 180 },
    geofence_m: { form: 'whole', min: 20, max: 5000 },
    access_gate: { form: 'text', max: 300 },
    access_parking: { form: 'text', max: 300 },
    access_registration: { form: 'text', max: 300 },
    access_loading: { form: 'text', max: 300 },
    access_lunch: { form: 'text', max: 300 },
  },
  contact: {
    site: { form: 'id' },
    name: { form: 'name', max: 80, isNeeded: true },
    title: { form: 'name', max: 80 },
    department: { form: 'name', max: 80 },
    honorific: { form: 'name', max: 20 },
    part: { form: 'choice', choices: PARTS },
    phone: { form: 'name', max: 40 },
    email: { form: 'email', max: 254 },
  },
  asset: {
    site: { form: 'id' },
    product: { form: 'id' },
    name: { form: 'name', max: 120 },
    serial: { form: 'name', max: 80 },
    tag: { form: 'name', max: 40 },
    notes: { form: 'text', max: 4000 },
  },
  need: {
    title: { form: 'name', max: 120, isNeeded: true },
    theme: { form: 'id' },
    product: { form: 'id' },
    memo: { form: 'text', max: 4000 },
    answer: { form: 'text', max: 4000 },
    customer_text: { form: 'text', max: 1000 },
  },
  ticket: {
    text: { form: 'text', max: 4000, isNeeded: true },
    severity: { form: 'choice', choices: SEVERITIES },
    site: { form: 'id' },
    asset: { form: 'id' },
    product: { form: 'id' },
    contact: { form: 'id' },
    category: { form: 'id' },
    part_of: { form: 'id' },
    cause_chip: { form: 'id' },
    fix_chip: { form: 'id' },
    resolution: { form: 'text', max: 4000 },
  },
  cause: {
    chip: { form: 'id' },
    text: { form: 'text', max: 4000 },
    countermeasure: { form: 'text', max: 4000 },
  },
} as const satisfies Readonly<Record<SharedName, Readonly<Record<string, FieldForm>>>>

/** Values of fields by their names. */
export type Values = Readonly<Record<string, unknown>>

/** Where two values meet, the server keeps what it has; elsewhere the late value wins. */
const GUARDED: Readonly<Record<SharedName, readonly string[]>> = {
  customer: ['territory', 'external_id'],
  site: [],
  contact: [],
  asset: [],
  need: [],
  ticket: ['cause_chip', 'fix_chip', 'resolution'],
  cause: [],
}

/** Fields that have one meaning only side by side. */
const TOGETHER: Readonly<Record<SharedName, readonly (readonly string[])[]>> = {
  customer: [],
  site: [['latitude', 'longitude']],
  contact: [],
  asset: [],
  need: [],
  // What was the matter and what was done is said together.
  ticket: [['cause_chip', 'fix_chip', 'resolution']],
  cause: [],
}

/** Of these fields one has to be left: people call the row by it. */
const CALLED_BY: Partial<Record<SharedName, readonly string[]>> = { asset: ['name', 'serial', 'tag'] }

export function formOf(shape: SharedName, name: string): FieldForm | undefined {
  const forms: Readonly<Record<string, FieldForm>> = FORMS[shape]
  return Object.hasOwn(forms, name) ? forms[name] : undefined
}

/** The named fields, those that belong together as one. */
export function groupsOf(shape: SharedName, names: readonly string[]): string[][] {
  const found = TOGETHER[shape].filter((group) => group.some((name) => names.includes(name)))
  const joined = new Set(found.flat())
  return [...found.map((group) => [...group]), ...names.filter((name) => !joined.has(name)).map((name) => [name])]
}

export function isGuarded(shape: SharedName, group: readonly string[]): boolean {
  return group.some((name) => GUARDED[shape].includes(name))
}

/** One value as the server would store it; what it does not take comes back as it is. */
export function asStored(shape: SharedName, name: string, value: unknown): unknown {
  const form = formOf(shape, name)
  const taken = form === undefined ? undefined : take(form, value)
  return taken === undefined ? value : taken.value
}

/** Values as the server would store them, each as it is where it would refuse it. */
export function storedAll(shape: SharedName, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asStored(shape, name, value)]))
}

/** All values as the server would store them; undefined when it refuses one of them. */
export function takeAll(shape: SharedName, values: unknown): Values | undefined {
  if (!isFields(values)) return undefined
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const form = formOf(shape, name)
    const taken = form === undefined ? undefined : take(form, value)
    if (taken === undefined) return undefined
    found[name] = taken.value
  }
  return isWhole(shape, found) ? found : undefined
}

/** Whether something is left to call a row of these values by. */
export function isNamed(shape: SharedName, values: Values): boolean {
  return CALLED_BY[shape]?.some((name) => asStored(shape, name, values[name] ?? '') !== '') ?? true
}

/** A place has both coordinates or none, and both are said at once. */
function isWhole(shape: SharedName, values: Values): boolean {
  if (shape !== 'site') return true
  return TOGETHER.site.every((group) => {
    const given = group.filter((name) => Object.hasOwn(values, name))
    const empty = given.filter((name) => values[name] === null)
    return (given.length === 0 || given.length === group.length) && (empty.length === 0 || empty.length === group.length)
  })
}
