import type { Visit } from '../shapes/visit'
import type { Dict } from './words/ko'

interface Speaker {
  distance(metres: number): string
  seconds(n: number): string
}

type Judged = Pick<Visit, 'verdict' | 'distance_m' | 'accuracy_m' | 'fix_age_s'>

/** A point older than this says less, so its age is told. */
const OLD_FIX_S = 60

/** What is known about the place, first in a sentence and then in metres. Nothing without an arrival or a record. */
export function verdictWords(visit: Judged, { verdict: words }: Dict, say: Speaker): { title: string; detail: string } | undefined {
  const { verdict, distance_m, accuracy_m, fix_age_s } = visit
  if (!verdict) return undefined
  const distance = distance_m === null ? undefined : say.distance(distance_m)
  const detail = [
    verdict === 'verified' && distance ? words.distance(distance) : '',
    accuracy_m === null ? '' : words.accuracy(say.distance(accuracy_m)),
    fix_age_s !== null && fix_age_s > OLD_FIX_S ? words.fixAge(say.seconds(fix_age_s)) : '',
  ]
  return { title: titleOf(verdict, distance, words), detail: detail.filter(Boolean).join(' · ') }
}

function titleOf(verdict: NonNullable<Visit['verdict']>, distance: string | undefined, words: Dict['verdict']): string {
  if (verdict !== 'out_of_range') return words[verdict]
  return distance ? words.out_of_range(distance) : words.out_of_range_unknown
}
