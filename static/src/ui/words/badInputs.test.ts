import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { Params } from '../../shapes/settled'
import { speak } from './index.svelte'
import { parkedSentence } from './parked.svelte'

interface BadInput {
  name: string
  gets: [state: string | number, code: string | null, params?: Params]
  ko?: string
  en?: string
}

/** The server gives these answers to bad inputs (tests/fieldops/test_bad_inputs.py); here is what a person reads. */
const FILE = new URL('../../../../tests/fixtures/bad_inputs.json', import.meta.url)
const rows = JSON.parse(readFileSync(FILE, 'utf8')) as BadInput[]
const parked = rows.filter((row) => row.gets[0] === 'parked')

describe('a bad input is told to a person', () => {
  afterAll(() => speak('ko'))

  it.each(['ko', 'en'] as const)('in words of %s', async (language) => {
    await speak(language)
    for (const { name, gets, ...words } of parked) {
      expect(parkedSentence(gets[1] ?? undefined, gets[2]), name).toBe(words[language])
    }
  })

  it('with a sentence of its own, never the one for what is unknown', async () => {
    for (const language of ['ko', 'en'] as const) {
      await speak(language)
      const unknown = parkedSentence('no such code')
      expect(parked.map((row) => row[language])).not.toContain(unknown)
    }
    expect(parked.length).toBeGreaterThan(25)
  })
})
