/** What each field of an event may be. Null where it is not there; throws Refused where it is wrong. */
import type { StoredProperties } from '@weir/contract'
import { cleanText } from './clean-text.ts'
import type { JsonRecord } from './record.ts'
import { Refused } from './refused.ts'

/** A field that one request may say for all its events. */
interface Shared {
  visitor_id: string | null | undefined
  stream: string | null | undefined
}

const MAX_NAME = 200
const MAX_ID = 200
const MAX_STREAM = 64
const MAX_SEQ = 2 ** 31 - 1
const VISITOR_ID = /^[A-Za-z0-9_.:-]{1,64}$/
const CONTROL = /\p{Cc}/u

export function nameOf({ name }: JsonRecord): string {
  if (typeof name !== 'string' || name === '') {
    throw new Refused('name_required', 'name', 'must be text of 1 to 200 characters')
  }
  if (name.length > 2 * MAX_NAME || (name.length > MAX_NAME && [...name].length > MAX_NAME)) {
    throw new Refused('name_too_long', 'name', `has over ${MAX_NAME} characters`)
  }
  if (name === '*' || CONTROL.test(name)) {
    throw new Refused('name_invalid', 'name', 'may not be `*` nor hold control characters')
  }
  return name.toWellFormed()
}

export function orderIdOf({ order_id }: StoredProperties): string | null {
  if (typeof order_id !== 'string' && typeof order_id !== 'number') return null
  return String(order_id).trim() || null
}

export function visitorIdOf(sent: JsonRecord, shared: Shared): string | null {
  const visitor_id = sent.visitor_id ?? shared.visitor_id ?? null
  if (visitor_id === null) return null
  if (typeof visitor_id === 'string' && VISITOR_ID.test(visitor_id)) return visitor_id
  throw new Refused('visitor_id_invalid', 'visitor_id', 'must be 1 to 64 of A-Z a-z 0-9 _ . : -')
}

export function givenIdOf({ id }: JsonRecord): string | null {
  if (id === undefined || id === null) return null
  if (typeof id === 'string' && id !== '' && id.length <= MAX_ID) return id
  throw new Refused('id_invalid', 'id', `must be text of 1 to ${MAX_ID} characters`)
}

export function streamOf(sent: JsonRecord, shared: Shared): string | null {
  const stream = sent.stream ?? shared.stream ?? null
  if (stream === null) return null
  if (typeof stream === 'string' && stream.length <= MAX_STREAM) return cleanText(stream)
  throw new Refused('stream_invalid', 'stream', `must be text of up to ${MAX_STREAM} characters`)
}

export function seqOf({ seq }: JsonRecord): number | null {
  if (seq === undefined || seq === null) return null
  if (typeof seq === 'number' && Number.isInteger(seq) && seq >= 0 && seq <= MAX_SEQ) return seq
  throw new Refused('seq_invalid', 'seq', 'must be a whole number from 0')
}
