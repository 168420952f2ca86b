import { createHash, randomBytes } from 'node:crypto'
import { KEY_PREFIXES, type KeyKind } from '@weir/contract'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** A new key: 160 random bits, 32 letters behind its prefix. */
export function makeKey(kind: KeyKind): string {
  let bits = BigInt(`0x${randomBytes(20).toString('hex')}`)
  let letters = ''
  for (let i = 0; i < 32; i++) {
    letters += ALPHABET[Number(bits & 31n)]
    bits >>= 5n
  }
  return KEY_PREFIXES[kind] + letters
}

/** What is stored of a key. Looking a digest up compares nothing that timing could tell. */
export const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()

/** What a person may see of a key: its prefix and its end. */
export const hintOf = (key: string): string => `${key.slice(0, 3)}…${key.slice(-4)}`
