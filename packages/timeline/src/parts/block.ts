/**
 * What the three kinds of bytes have in common: 32 bytes of header, then fixed-width numbers that are
 * read in place. FORMAT.md has it byte by byte.
 */
import { crc32 } from 'node:zlib'
import { PartError } from './part-error.ts'

/** The bytes `WEIR`, read as a little-endian number: a big-endian machine refuses every block. */
const MAGIC = 0x52494557
const VERSION = 1
export const HEADER_BYTES = 32
const CHECKED_FROM = 8

export const CORE = 1
export const VISITOR_IDS = 2
export const COLUMN = 3
const KINDS = ['', 'core', 'block of visitor ids', 'column'] as const
export type Kind = typeof CORE | typeof VISITOR_IDS | typeof COLUMN

/** A code for every event or visitor, as wide as the greatest needs. */
export type Codes = Uint8Array | Uint16Array | Uint32Array
export type Width = 1 | 2 | 4

export interface Block {
  /** Starts at a multiple of four bytes, so that numbers can be read in place. */
  readonly bytes: Uint8Array
  readonly checksum: number
  readonly width: Width
  readonly encoding: number
  /** The last five words of the header: what they mean depends on the kind. */
  readonly fields: Uint32Array
}

export function newBlock(
  kind: Kind,
  { width = 1, encoding = 0 }: { width?: Width; encoding?: number },
  fields: readonly number[],
  bodyBytes: number,
): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + bodyBytes)
  const header = wordsAt(bytes, 0, HEADER_BYTES / 4)
  header[0] = MAGIC
  bytes.set([VERSION, kind, width, encoding], CHECKED_FROM)
  header.set(fields, 3)
  return bytes
}

/** Writes the checksum of a block that is filled. */
export function seal(bytes: Uint8Array) {
  wordsAt(bytes, 0, 2)[1] = crc32(bytes.subarray(CHECKED_FROM))
}

/** The checksum that a sealed block carries. */
export const checksumOf = (bytes: Uint8Array): number => wordsAt(bytes, 0, 2)[1] ?? 0

/** Checks all that does not depend on the kind. Throws PartError. */
export function openBlock(stored: Uint8Array, kind: Kind): Block {
  const what = KINDS[kind]
  if (stored.length < HEADER_BYTES)
    throw new PartError(`a ${what} has at least ${HEADER_BYTES} bytes`)
  const bytes = stored.byteOffset % 4 === 0 ? stored : new Uint8Array(stored)
  const [magic, checksum = 0] = wordsAt(bytes, 0, 2)
  const [version, ownKind, width = 0, encoding = 0] = bytes.subarray(CHECKED_FROM, CHECKED_FROM + 4)
  if (magic !== MAGIC) throw new PartError(`this is no ${what}: it does not begin with WEIR`)
  if (version !== VERSION) throw new PartError(`version ${version} of a ${what} is not known here`)
  if (ownKind !== kind)
    throw new PartError(`this is no ${what}, but a ${KINDS[ownKind ?? 0] || 'thing unknown'}`)
  if (crc32(bytes.subarray(CHECKED_FROM)) !== checksum)
    throw new PartError(`a ${what} is damaged: its checksum differs`)
  if (!isWidth(width)) throw new PartError(`a ${what} cannot have codes of ${width} bytes`)
  return { bytes, checksum, width, encoding, fields: wordsAt(bytes, 12, 5) }
}

const isWidth = (width: number): width is Width => width === 1 || width === 2 || width === 4

/** The width that codes up to `greatest` need. */
export function widthOf(greatest: number): Width {
  if (greatest < 0x100) return 1
  return greatest < 0x10000 ? 2 : 4
}

/** Numbers of four bytes, in place. */
export const wordsAt = (bytes: Uint8Array, offset: number, length: number): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset + offset, length)

/** Codes of that width, in place. */
export function codesAt(bytes: Uint8Array, offset: number, length: number, width: Width): Codes {
  const start = bytes.byteOffset + offset
  if (width === 1) return new Uint8Array(bytes.buffer, start, length)
  if (width === 2) return new Uint16Array(bytes.buffer, start, length)
  return new Uint32Array(bytes.buffer, start, length)
}

export function greatestOf(codes: Codes): number {
  let greatest = 0
  for (let i = 0; i < codes.length; i++) if (codes[i]! > greatest) greatest = codes[i]!
  return greatest
}

/** Whether numbers ascend, none twice, and end below `limit`. */
export function isAscending(numbers: Uint32Array, limit: number): boolean {
  let last = -1
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!
    if (number <= last) return false
    last = number
  }
  return last < limit
}
