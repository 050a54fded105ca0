/** Hangul for searching: syllables, initial consonants, and syllables that are still being typed. */

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const PER_INITIAL = 588
const FINALS = 28
const INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

/** A keyboard joins two consonants that could end a syllable; in a search for initials they are two. */
const CLUSTERS: Readonly<Record<string, string>> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}

/** One writing for comparing: composed, without spaces, small letters, clusters taken apart. */
export function fold(value: string): string {
  const composed = value.normalize('NFC').toLowerCase().replace(/\s+/g, '')
  const single = composed.replace(/[\u1100-\u1112]/g, (jamo) => INITIALS[jamo.charCodeAt(0) - 0x1100] ?? jamo)
  return single.replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/g, (cluster) => CLUSTERS[cluster] ?? cluster)
}

function isSyllable(code: number): boolean {
  return code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE
}

/** Each syllable replaced by its initial consonant; everything else as it is, so that places stay the same. */
export function initialsOf(folded: string): string {
  let out = ''
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    out += isSyllable(code) ? INITIALS[Math.floor((code - FIRST_SYLLABLE) / PER_INITIAL)] : folded[i]
  }
  return out
}

/** Each syllable as its initial consonant and its vowel; everything else as it is. Endings change the final consonant. */
export function openLettersOf(folded: string): string {
  let out = ''
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i)
    const place = code - FIRST_SYLLABLE
    if (!isSyllable(code)) out += folded.charAt(i)
    else out += String.fromCharCode(0x1100 + Math.floor(place / PER_INITIAL), 0x1161 + Math.floor((place % PER_INITIAL) / FINALS))
  }
  return out
}

/** Whether one written character is meant by one typed. The last one typed may still lack its final consonant. */
function isMeant(written: number, typed: number, isLast: boolean): boolean {
  if (written === typed) return true
  if (!isSyllable(typed)) return false
  const hasFinal = (typed - FIRST_SYLLABLE) % FINALS !== 0
  return isLast && !hasFinal && isSyllable(written) && written - typed > 0 && written - typed < FINALS
}

interface Searched {
  folded: string
  initials: string
}

const FINAL_JAMO = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']

/**
 * While typing, the first consonant of the next syllable hangs on to the one before: 대한ㅈ shows as 대핝.
 * The query as it was probably meant, or undefined when its end leaves no doubt.
 */
function unjoined(query: string): string | undefined {
  const code = query.charCodeAt(query.length - 1)
  const final = isSyllable(code) ? (code - FIRST_SYLLABLE) % FINALS : 0
  if (final === 0) return undefined
  const jamo = FINAL_JAMO[final] ?? ''
  const [stays, moves] = CLUSTERS[jamo] ?? ['', jamo]
  const syllable = String.fromCharCode(code - final + FINAL_JAMO.indexOf(stays ?? ''))
  return query.slice(0, -1) + syllable + (moves ?? '')
}

function exactMatcher(query: string): (text: Searched) => number {
  const initials = initialsOf(query)
  const last = query.length - 1
  const places = Array.from({ length: query.length }, (_, index) => index)
  // Whatever is no syllable is compared by the initials alone.
  const syllables = places.filter((index) => isSyllable(query.charCodeAt(index)))
  return (text) => {
    for (let at = text.initials.indexOf(initials); at >= 0; at = text.initials.indexOf(initials, at + 1)) {
      const isHere = syllables.every((i) => isMeant(text.folded.charCodeAt(at + i), query.charCodeAt(i), i === last))
      if (isHere) return at
    }
    return -1
  }
}

/** Where a folded query stands in a text, or -1. Consonants mean any syllable that begins with them. */
export function matcher(query: string): (text: Searched) => number {
  const exact = exactMatcher(query)
  const meant = unjoined(query)
  if (meant === undefined) return exact
  const unfinished = exactMatcher(meant)
  return (text) => {
    const at = exact(text)
    return at >= 0 ? at : unfinished(text)
  }
}
