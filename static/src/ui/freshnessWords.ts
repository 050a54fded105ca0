import type { Freshness } from '../store/feed'
import type { Dict } from './words/ko'

interface Speaker {
  moment(at: string): string
  count(n: number): string
}

/** How complete the feed is: as of when, whose phones are silent, how much is still on them. */
export function freshnessWords(fresh: Freshness, { feed: words }: Dict, say: Speaker): string {
  return [
    words.freshness(say.moment(fresh.asOf)),
    fresh.silent > 0 ? words.silent(say.count(fresh.silent), say.count(fresh.total)) : '',
    fresh.waiting > 0 ? words.waiting(say.count(fresh.waiting)) : '',
    fresh.silent === 0 && fresh.waiting === 0 ? words.allReported : '',
  ]
    .filter(Boolean)
    .join(' · ')
}
