import { createHash } from 'node:crypto'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
const MAX_MS = 2 ** 48 - 1

export const isUuidV7 = (id: string): boolean => UUID_V7.test(id)

/** The milliseconds that a UUIDv7 begins with. */
export const msOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** A UUIDv7 of that time whose other bits are a hash of `content`: the same again makes the same id. */
export function idFrom(at: number, content: string): string {
  const time = Math.min(Math.max(at, 0), MAX_MS).toString(16).padStart(12, '0')
  const hash = createHash('sha256').update(content).digest('hex')
  const variant = (Number.parseInt(hash.charAt(0), 16) & 3) | 8
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hash.slice(1, 4)}`,
    variant.toString(16) + hash.slice(4, 7),
    hash.slice(7, 19),
  ].join('-')
}

/** What makes an event without an id that event: as it was sent, before anything is corrected. */
export interface Content {
  visitor_id: string
  name: string
  at: unknown
  seq: unknown
  properties: unknown
}

/**
 * The id of an event that has none. `seen` counts how often its content stood before in the same body or
 * file, so that two equal events are two, and the same file again is the same events.
 */
export function idOfContent(ms: number, content: Content, seen: Map<string, number>): string {
  const { visitor_id, name, at, seq, properties } = content
  const text = canonicalJson([visitor_id, name, at, seq, properties])
  const before = seen.get(text) ?? 0
  seen.set(text, before + 1)
  return idFrom(ms, `content ${before} ${text}`)
}

/** JSON with sorted keys, so that equal content is equal text. Only for values of bounded depth. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, own]) => `${JSON.stringify(key)}:${canonicalJson(own)}`).join(',')}}`
}
