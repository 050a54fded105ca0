import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of an entry's exact bytes. Synchronous: an awaited digest would end an IndexedDB transaction. */
export function digest(text: string): Uint8Array {
  return sha256(utf8ToBytes(text))
}

/** chain(n) = SHA-256(chain(n-1) || SHA-256(entry)), hex. */
export function link(previous: string, entryDigest: Uint8Array): string {
  const both = new Uint8Array(64)
  both.set(hexToBytes(previous), 0)
  both.set(entryDigest, 32)
  return bytesToHex(sha256(both))
}

export function byteLength(text: string): number {
  return utf8ToBytes(text).length
}
