import type { ManageWords } from './words/manage.svelte'

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** Those that name others beside themselves come first. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/KAKAOTALK/i, 'KakaoTalk'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Whale/, 'Whale'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

function first(table: typeof SYSTEMS, device: string): string {
  return table.find(([sign]) => sign.test(device))?.[1] ?? ''
}

/** What kind of phone it is, out of what its browser says of itself. */
export function deviceWords(device: string, { device: words }: Pick<ManageWords, 'device'>): string {
  if (device === 'saved file') return words.file
  return words.names(first(SYSTEMS, device), first(BROWSERS, device)) || words.unknown
}
