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
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function encodeVisitorIds(ids: readonly string[], checksum: number): Uint8Array {
  const positions: number[] = []
  for (const [visitor, id] of ids.entries()) if (!UUID.test(id)) positions.push(visitor)
  const texts = jsonBytes(positions.map((visitor) => ids[visitor] ?? ''))
  const uuids = HEADER_BYTES + positions.length * 4
  const length = positions.length * 4 + ids.length * UUID_BYTES + texts.length
  const fields = [checksum, ids.length, positions.length, texts.length, 0]
  const bytes = newBlock(VISITOR_IDS, {}, fields, length)
  wordsAt(bytes, HEADER_BYTES, positions.length).set(positions)
  const target = Buffer.from(bytes.buffer)
  let next = 0
  for (const [visitor, id] of ids.entries())
    if (visitor === positions[next]) next++
    else target.write(id.replaceAll('-', ''), uuids + visitor * UUID_BYTES, 'hex')
  bytes.set(texts, uuids + ids.length * UUID_BYTES)
  seal(bytes)
  return bytes
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
