import { voicesOfNeeds } from '../../db/voices'
import type { Voice } from '../../shapes/voice'
import { compare } from '../order'
import { present } from '../present'
import type { PlacedLine, VoiceLine } from './lines'
import type { Reader } from './reader'

/** When it came; what is still on this phone, when it was written. */
export function cameAt({ received_at: received, made_at: made }: { received_at: string; made_at: string }): string {
  return received || new Date(made).toISOString()
}

export function newestVoiceFirst(a: Voice, b: Voice): number {
  return compare(cameAt(b), cameAt(a)) || compare(b.id, a.id)
}

/** Voices of these needs as they are shown, newest first, withdrawn ones too. */
export async function shownVoices(reader: Reader, needs: ReadonlySet<string>): Promise<Voice[]> {
  const base = await voicesOfNeeds(reader.db, [...needs])
  return reader.over('voice', base, (voice) => voice.need !== null && needs.has(voice.need)).sort(newestVoiceFirst)
}

export async function voiceLines(reader: Reader, voices: readonly Voice[]): Promise<VoiceLine[]> {
  const customers = await reader.customers(voices.map((voice) => voice.customer))
  const contacts = await reader.contacts(voices.map((voice) => voice.contact))
  const products = await reader.products(voices.map((voice) => voice.product))
  return voices.map((voice) => ({
    voice,
    ...reader.mark('voice', voice),
    ...present<Pick<VoiceLine, 'customer' | 'contact' | 'product' | 'author'>>({
      customer: customers.get(voice.customer),
      contact: contacts.get(voice.contact ?? ''),
      product: products.get(voice.product ?? ''),
      author: reader.member(voice.member),
    }),
  }))
}

/** The same with the needs they were put to. */
export async function placedLines(reader: Reader, voices: readonly Voice[]): Promise<PlacedLine[]> {
  const lines = await voiceLines(reader, voices)
  const needs = await reader.byId('need', lines.map(({ voice }) => voice.need))
  return lines.map((line) => ({ ...line, ...present<Pick<PlacedLine, 'need'>>({ need: needs.get(line.voice.need ?? '') }) }))
}
