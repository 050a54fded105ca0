import { liveRead, type Live } from '../live'
import { Reader } from '../needs/reader'

/** The names of some customers, as far as this phone holds them. */
export function namesOfCustomers(ids: readonly string[]): Live<Map<string, string> | undefined> {
  return liveRead(async (db) => {
    const found = await (await Reader.at(db)).customers(ids)
    return new Map([...found].map(([id, { name }]) => [id, name]))
  })
}
