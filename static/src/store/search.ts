import type { Contact } from '../shapes/contact'
import type { Customer } from '../shapes/customer'
import type { Site } from '../shapes/site'
import { fold, initialsOf, matcher } from './hangul'
import { compare } from './order'

/** One customer with everything a search may find it by. */
export interface Findable {
  customer: Customer
  sites: readonly Site[]
  contacts: readonly Contact[]
}

export interface Hit {
  customer: Customer
  site?: Site
  contact?: Contact
  matchedBy: 'all' | 'name' | 'address' | 'contact'
}

interface Text {
  folded: string
  initials: string
}

interface Kept extends Findable {
  name: Text
  /** the name without its legal form, for what people type first */
  core: Text
  addresses: Text[]
  contactNames: Text[]
  /** everything of it in one text: most customers are ruled out by one look */
  whole: Text
}

const LEGAL_FORM = /\(주\)|㈜|주식회사|\(유\)|유한회사/g

function textOf(value: string): Text {
  const folded = fold(value)
  return { folded, initials: initialsOf(folded) }
}

function keep(found: Findable): Kept {
  const { customer, sites, contacts } = found
  const parts = {
    name: textOf(customer.name),
    core: textOf(customer.name.replace(LEGAL_FORM, '')),
    addresses: sites.map((site) => textOf(`${site.name} ${site.address}`)),
    contactNames: contacts.map((contact) => textOf(contact.name)),
  }
  return { ...found, ...parts, whole: joined([parts.name, parts.core, ...parts.addresses, ...parts.contactNames]) }
}

/** A line break stands between the parts: no query holds one, so none reaches across. */
function joined(texts: readonly Text[]): Text {
  return { folded: texts.map((text) => text.folded).join('\n'), initials: texts.map((text) => text.initials).join('\n') }
}

/** Best first: name from its beginning, name, person, address. */
type Ranked = [rank: number, hit: Hit]

/** All customers of the phone in memory, in order of name. */
export class SearchIndex {
  private readonly kept = new Map<string, Kept>()
  private ordered: Kept[] | undefined

  put(found: Findable): void {
    this.kept.set(found.customer.id, keep(found))
    this.ordered = undefined
  }

  remove(id: string): void {
    if (this.kept.delete(id)) this.ordered = undefined
  }

  get size(): number {
    return this.kept.size
  }

  query(query: string, limit: number): Hit[] {
    const terms = query.split(/\s+/).map(fold).filter((term) => term !== '')
    if (terms.length === 0) return this.all().slice(0, limit).map(plain)
    const whole = terms.length > 1 ? [matcher(terms.join(''))] : []
    const matchers = terms.map(matcher)
    const ranked: Ranked[] = []
    for (const kept of this.all()) {
      const found = rankOf(kept, whole) ?? rankOf(kept, matchers)
      if (found !== undefined) ranked.push(found)
    }
    // The sort is stable, so equal ranks stay in order of name.
    return ranked.sort(([a], [b]) => a - b).slice(0, limit).map(([, hit]) => hit)
  }

  private all(): Kept[] {
    this.ordered ??= [...this.kept.values()].sort((a, b) => compare(a.core.folded, b.core.folded) || compare(a.customer.id, b.customer.id))
    return this.ordered
  }
}

function plain({ customer, sites }: Kept): Hit {
  const site = sites[0]
  return { customer, ...(site === undefined ? {} : { site }), matchedBy: 'all' }
}

type Matcher = ReturnType<typeof matcher>

/** Every term must be found somewhere; the best place of the first decides the rank. */
function rankOf(kept: Kept, matchers: readonly Matcher[]): Ranked | undefined {
  if (matchers.some((match) => match(kept.whole) < 0)) return undefined
  let best: Ranked | undefined
  for (const match of matchers) {
    const found = place(kept, match)
    if (found === undefined) return undefined
    if (best === undefined || found[0] < best[0]) best = found
  }
  return best
}

function place(kept: Kept, match: Matcher): Ranked | undefined {
  const { customer } = kept
  const [first] = kept.sites
  const at = first === undefined ? {} : { site: first }
  const inName = match(kept.name)
  if (inName === 0 || match(kept.core) === 0) return [0, { customer, ...at, matchedBy: 'name' }]
  if (inName > 0) return [1, { customer, ...at, matchedBy: 'name' }]
  const person = kept.contactNames.findIndex((name) => match(name) >= 0)
  const contact = kept.contacts[person]
  if (contact !== undefined) return [2, { customer, ...at, contact, matchedBy: 'contact' }]
  const address = kept.addresses.findIndex((text) => match(text) >= 0)
  const site = kept.sites[address]
  return site === undefined ? undefined : [3, { customer, site, matchedBy: 'address' }]
}
