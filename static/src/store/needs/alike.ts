/**
 * Which known needs resemble what is being typed: by their words alone, on the phone, with no signal. It suggests.
 * The server suggests by meaning as well (needs/alike/), once the need has reached it.
 */
import { fold, initialsOf, matcher, openLettersOf } from '../hangul'
import { meaningsOf } from './meanings'

export interface Suggestion {
  id: string
  /** 0 nothing in common, 1 the same words */
  score: number
}

interface Text {
  id: string
  words: readonly string[]
  folded: string
  initials: string
  /** length of its vector of weights; worked out when it is asked for */
  norm: number
  /** what it shares with the text that is being looked up */
  shared: number
}

/** Less in common is chance: endings, and syllables that every text has. */
const LEAST = 0.09
/** Meanings say more than letters. */
const MEANING_WEIGHT = 3
const MEANING = '#'.charCodeAt(0)
const MOST_CHARACTERS = 600
const WORDS = /\p{N}+|\p{Script=Hangul}+|\p{Script=Latin}+|\p{L}+/gu
const CONSONANT = /[ㄱ-ㅎ]/

/** Short texts, several of which may be of one need: a title, and what customers said. */
export class AlikeIndex {
  private readonly texts = new Map<string, Text[]>()
  /** gram → the texts it stands in, each once */
  private readonly places = new Map<string, Text[]>()
  private count = 0
  private isWeighed = false

  /** Takes the place of what was there for this id. */
  put(id: string, texts: readonly string[]): void {
    this.remove(id)
    const taken = texts.map((text) => textOf(id, text)).filter(({ words }) => words.length > 0)
    if (taken.length === 0) return
    this.texts.set(id, taken)
    for (const text of taken) this.enter(text)
    this.count += taken.length
    this.isWeighed = false
  }

  remove(id: string): void {
    const gone = this.texts.get(id)
    if (gone === undefined) return
    this.texts.delete(id)
    for (const text of gone) this.leave(text)
    this.count -= gone.length
    this.isWeighed = false
  }

  get size(): number {
    return this.texts.size
  }

  /** Best first; of equals the older one, as ids begin with their time. A need counts as its likest text does. */
  suggest(text: string, limit: number): Suggestion[] {
    const words = wordsOf(text)
    const consonants = words.filter((word) => CONSONANT.test(word))
    const whole = words.filter((word) => !CONSONANT.test(word))
    return best(consonants.length === 0 ? this.alike(whole) : this.typed(consonants, whole), limit)
  }

  private enter(text: Text): void {
    for (const gram of gramsOf(text.words)) {
      const there = this.places.get(gram)
      if (there === undefined) this.places.set(gram, [text])
      else if (there[there.length - 1] !== text) there.push(text)
    }
  }

  private leave(text: Text): void {
    for (const gram of new Set(gramsOf(text.words))) {
      const there = this.places.get(gram) ?? []
      const last = there.pop()
      if (there.length === 0) this.places.delete(gram)
      if (last !== undefined && last !== text) there[there.indexOf(text)] = last
    }
  }

  /** By the angle between weighed grams. */
  private alike(words: readonly string[]): Found {
    this.weigh()
    const touched: Text[] = []
    let norm = 0
    for (const gram of new Set(gramsOf(words))) {
      const there = this.places.get(gram) ?? []
      const weight = this.weightOf(gram, there.length) ** 2
      norm += weight
      for (const text of there) {
        if (text.shared === 0) touched.push(text)
        text.shared += weight
      }
    }
    return touched.map((text) => {
      const score = text.shared / (Math.sqrt(norm) * text.norm)
      text.shared = 0
      return [text, score]
    })
  }

  /** 초성: texts that hold everything typed as consonants; what was typed in full orders them. */
  private typed(consonants: readonly string[], words: readonly string[]): Found {
    const typed = consonants.join('').length
    const matchers = consonants.map(matcher)
    const alike = new Map(this.alike(words))
    const share = consonants.length / (consonants.length + words.length)
    return [...this.texts.values()]
      .flat()
      .filter((text) => matchers.every((match) => match(text) >= 0))
      .map((text) => {
        const covered = Math.min(1, typed / text.folded.length)
        return [text, (share * (1 + covered)) / 2 + (1 - share) * (alike.get(text) ?? 0)]
      })
  }

  /** Lengths depend on how common every gram is, so they are worked out anew after a change. */
  private weigh(): void {
    if (this.isWeighed) return
    const all = [...this.texts.values()].flat()
    for (const text of all) text.norm = 0
    for (const [gram, there] of this.places) {
      const weight = this.weightOf(gram, there.length) ** 2
      for (const text of there) text.norm += weight
    }
    for (const text of all) text.norm = Math.sqrt(text.norm)
    this.isWeighed = true
  }

  /** The rarer a gram, the more it says: its inverse document frequency, smoothed. */
  private weightOf(gram: string, texts: number): number {
    return Math.log(1 + this.count / (texts + 0.5)) * (gram.charCodeAt(0) === MEANING ? MEANING_WEIGHT : 1)
  }
}

type Found = [text: Text, score: number][]

function best(found: Found, limit: number): Suggestion[] {
  const scores = new Map<string, number>()
  for (const [{ id }, score] of found) {
    if (score >= LEAST && score > (scores.get(id) ?? 0)) scores.set(id, score)
  }
  const ordered = [...scores].map(([id, score]) => ({ id, score }))
  return ordered.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
}

function textOf(id: string, text: string): Text {
  const words = wordsOf(text)
  const folded = words.join('')
  return { id, words, folded, initials: initialsOf(folded), norm: 0, shared: 0 }
}

function wordsOf(text: string): string[] {
  const spoken = text.slice(0, MOST_CHARACTERS).replace(/\bA\/?S\b/g, '에이에스')
  return (spoken.normalize('NFC').match(WORDS) ?? []).map(fold)
}

/**
 * What texts are compared by: syllables and pairs of them across words, how words begin, runs of three letters within
 * words without final consonants (endings change those), and meanings. Their lengths and the signs <, ^ and #, which no
 * word has, keep the kinds apart. Some stand there twice.
 */
function gramsOf(words: readonly string[]): string[] {
  const grams: string[] = []
  const whole = words.join('')
  for (let at = 0; at < whole.length; at++) {
    grams.push(whole.charAt(at))
    if (at > 0) grams.push(whole.slice(at - 1, at + 1))
  }
  for (const word of words) {
    grams.push(`<${word.slice(0, 2)}`)
    const letters = `^${openLettersOf(word)}`
    for (let at = 3; at <= letters.length; at++) grams.push(letters.slice(at - 3, at))
    for (const meaning of meaningsOf(word)) grams.push(`#${meaning}`)
  }
  return grams
}
