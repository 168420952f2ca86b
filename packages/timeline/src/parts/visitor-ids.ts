/**
 * The ids behind the hashes, read only where people are listed.
 *
 * 1. Every visitor has 16 bytes: the id, if it is a UUID in lower case.
 * 2. The others have zeros there, their position in a list, and their text in a JSON list.
 */
import {
  HEADER_BYTES,
  isAscending,
  newBlock,
  openBlock,
  seal,
  VISITOR_IDS,
  wordsAt,
} from './block.ts'
import type { Core } from './core.ts'
import { jsonBytes, parseJsonList } from './json-list.ts'
import { lowerBound } from './lower-bound.ts'
import { PartError } from './part-error.ts'

export interface VisitorIds {
  readonly uuids: Uint8Array
  readonly positions: Uint32Array
  readonly texts: readonly string[]
}

const UUID_BYTES = 16
const UUID_CHARACTERS = 36

export function encodeVisitorIds(ids: readonly string[], checksum: number): Uint8Array {
  const uuids = new Uint8Array(ids.length * UUID_BYTES)
  const positions: number[] = []
  for (const [visitor, id] of ids.entries())
    if (!writeUuid(id, uuids, visitor * UUID_BYTES)) positions.push(visitor)
  const texts = jsonBytes(positions.map((visitor) => ids[visitor] ?? ''))
  const bodyBytes = positions.length * 4 + uuids.length + texts.length
  const fields = [checksum, ids.length, positions.length, texts.length, 0]
  const bytes = newBlock(VISITOR_IDS, {}, fields, bodyBytes)
  wordsAt(bytes, HEADER_BYTES, positions.length).set(positions)
  bytes.set(uuids, HEADER_BYTES + positions.length * 4)
  bytes.set(texts, bytes.length - texts.length)
  seal(bytes)
  return bytes
}

const DASHES = [8, 13, 18, 23]

/** Writes a UUID's 16 bytes; zeros, and false, where the text is none in lower case. */
function writeUuid(id: string, into: Uint8Array, offset: number): boolean {
  let isUuid = id.length === UUID_CHARACTERS && DASHES.every((place) => id[place] === '-')
  let at = offset
  for (let i = 0; isUuid && i < UUID_CHARACTERS; i += 2) {
    if (id.charCodeAt(i) === DASH) i++
    const [high, low] = [digitOf(id.charCodeAt(i)), digitOf(id.charCodeAt(i + 1))]
    isUuid = high >= 0 && low >= 0
    into[at++] = (high << 4) | low
  }
  if (!isUuid) into.fill(0, offset, offset + UUID_BYTES)
  return isUuid
}

const DASH = 45

/** The value of a hexadecimal digit, by its character; -1 for another. */
function digitOf(character: number): number {
  if (character >= 48 && character <= 57) return character - 48
  return character >= 97 && character <= 102 ? character - 87 : -1
}

/** Throws PartError. */
export function openVisitorIds(stored: Uint8Array, core: Core): VisitorIds {
  const { bytes, fields } = openBlock(stored, VISITOR_IDS)
  const [checksum, visitors = 0, others = 0, textBytes = 0] = fields
  if (checksum !== core.checksum || visitors !== core.visitors)
    throw new PartError('these visitor ids belong to another core')
  const uuids = HEADER_BYTES + others * 4
  const texts = uuids + visitors * UUID_BYTES
  if (bytes.length !== texts + textBytes)
    throw new PartError(`the ids of ${visitors} visitors have another length`)
  const positions = wordsAt(bytes, HEADER_BYTES, others)
  const list = parseJsonList(bytes.subarray(texts))
  if (list.length !== others || !isAscending(positions, visitors))
    throw new PartError('visitor ids that are no UUIDs do not match their positions')
  return { uuids: bytes.subarray(uuids, texts), positions, texts: list.map(textOf) }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new PartError('a visitor id is no text')
}

/** The id of one visitor of a part. */
export function visitorIdAt({ uuids, positions, texts }: VisitorIds, visitor: number): string {
  const other = lowerBound(positions, visitor, 0, positions.length)
  if (positions[other] === visitor) return texts[other] ?? ''
  const start = visitor * UUID_BYTES
  const hex = Buffer.from(uuids.buffer, uuids.byteOffset + start, UUID_BYTES).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
