/** Fields as they came over the wire or out of the database: nothing about them is trusted yet. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(f: Fields, key: string): string {
  const value = f[key]
  return typeof value === 'string' ? value : ''
}

export function textOrNull(f: Fields, key: string): string | null {
  const value = f[key]
  return typeof value === 'string' ? value : null
}

export function number(f: Fields, key: string, fallback = 0): number {
  const value = f[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback
}

export function numberOrNull(f: Fields, key: string): number | null {
  const value = f[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function flag(f: Fields, key: string, fallback = false): boolean {
  const value = f[key]
  return typeof value === 'boolean' ? value : fallback
}

export function texts(f: Fields, key: string): string[] {
  const value = f[key]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A choice this version does not know stands as the fallback: shapes only grow. */
export function choice<T extends string>(f: Fields, key: string, known: readonly T[], fallback: T): T {
  return known.find((item) => item === f[key]) ?? fallback
}

export function choiceOrNull<T extends string>(f: Fields, key: string, known: readonly T[]): T | null {
  return known.find((item) => item === f[key]) ?? null
}
