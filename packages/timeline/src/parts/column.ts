/**
 * One property of a part's events: the smallest of four ways to say it.
 *
 * 1. `constant`: one code for all events.
 * 2. `visitors`: one code for all events of a visitor (country, device, browser).
 * 3. `present`: a bit for every event, and codes for those that have the property (product, campaign).
 * 4. `plain`: a code for every event.
 *
 * The first two may have exceptions: events at certain positions that have another code.
 * What the codes stand for is a JSON list; code 0 is unset.
 */
import type { Value } from '../value.ts'
import {
  COLUMN,
  type Codes,
  codesAt,
  greatestOf,
  HEADER_BYTES,
  isAscending,
  newBlock,
  openBlock,
  seal,
  type Width,
  widthOf,
  wordsAt,
} from './block.ts'
import type { Core } from './core.ts'
import { jsonBytes, parseJsonList } from './json-list.ts'
import { PartError } from './part-error.ts'

export const CONSTANT = 1
export const VISITORS = 2
export const PRESENT = 3
export const PLAIN = 4
const ENCODINGS = [CONSTANT, VISITORS, PRESENT, PLAIN] as const
export type Encoding = (typeof ENCODINGS)[number]

export interface PartColumn {
  readonly encoding: Encoding
  /** `constant`: the code of all events but the exceptions. */
  readonly constant: number
  /** Where the exceptions are, ascending. */
  readonly positions: Uint32Array
  /** `present`: the events that have the property, 32 in a word, the lowest bit first. */
  readonly bits: Uint32Array
  /** `present`: how many events before each word have it. */
  readonly ranks: Uint32Array
  readonly codes: Codes
  readonly exceptions: Codes
  /** By code; `values[0]` is null. */
  readonly values: readonly Value[]
  /** By name code: whether an event of that name has the property; null where any may. */
  readonly names: Uint8Array | null
  /** Whether a value is a list. */
  readonly lists: boolean
}

/** What the four ways have in common when they are written. */
export interface Packed {
  readonly encoding: Encoding
  readonly constant: number
  readonly positions: Uint32Array
  readonly bits: Uint32Array
  readonly codes: Uint32Array
  readonly exceptions: Uint32Array
}

export function writeColumn(
  packed: Packed,
  values: readonly Value[],
  checksum: number,
): Uint8Array {
  const { encoding, constant, positions, bits, codes, exceptions } = packed
  const width = widthOf(values.length - 1)
  const list = jsonBytes(values)
  const at = layout(positions.length, bits.length, codes.length, width)
  const fields = [checksum, values.length - 1, positions.length, constant, list.length]
  const bytes = newBlock(COLUMN, { width, encoding }, fields, at.list + list.length - HEADER_BYTES)
  wordsAt(bytes, HEADER_BYTES, positions.length).set(positions)
  wordsAt(bytes, at.bits, bits.length).set(bits)
  codesAt(bytes, at.codes, codes.length, width).set(codes)
  codesAt(bytes, at.exceptions, exceptions.length, width).set(exceptions)
  bytes.set(list, at.list)
  seal(bytes)
  return bytes
}

/** Where everything begins. */
function layout(positions: number, bits: number, codes: number, width: Width) {
  const bitsAt = HEADER_BYTES + positions * 4
  const codesStart = bitsAt + bits * 4
  const exceptions = codesStart + codes * width
  return { bits: bitsAt, codes: codesStart, exceptions, list: exceptions + positions * width }
}

/** Checks everything that readers rely on. Throws PartError. */
export function openColumn(stored: Uint8Array, core: Core): PartColumn {
  const { bytes, width, encoding: word, fields } = openBlock(stored, COLUMN)
  const [checksum, count = 0, others = 0, constant = 0, listBytes = 0] = fields
  if (checksum !== core.checksum) throw new PartError('this column belongs to another core')
  const encoding = ENCODINGS.find((known) => known === word)
  if (encoding === undefined) throw new PartError(`encoding ${word} of a column is not known here`)
  if (others > core.events || HEADER_BYTES + others * (4 + width) > bytes.length)
    throw new PartError('a column has more exceptions than it has room for')
  const words = encoding === PRESENT ? Math.ceil(core.events / 32) : 0
  if (HEADER_BYTES + others * 4 + words * 4 > bytes.length)
    throw new PartError('a column is too short for its events')
  const bits = wordsAt(bytes, HEADER_BYTES + others * 4, words)
  const { ranks, total } = ranksOf(bits)
  const codes = {
    [CONSTANT]: 0,
    [VISITORS]: core.visitors,
    [PRESENT]: total,
    [PLAIN]: core.events,
  }[encoding]
  const at = layout(others, words, codes, width)
  if (bytes.length !== at.list + listBytes)
    throw new PartError('a column has another length than its events need')
  const values = valuesIn(bytes.subarray(at.list))
  const column: Omit<PartColumn, 'names'> = {
    encoding,
    constant,
    positions: wordsAt(bytes, HEADER_BYTES, others),
    bits,
    ranks,
    codes: codesAt(bytes, at.codes, codes, width),
    exceptions: codesAt(bytes, at.exceptions, others, width),
    values,
    lists: values.some(Array.isArray),
  }
  checkColumn(column, core.events, count)
  return { ...column, names: namesIn(column, core) }
}

function checkColumn(column: Omit<PartColumn, 'names'>, events: number, count: number) {
  const { constant, positions, bits, codes, exceptions, values } = column
  if (values.length - 1 !== count)
    throw new PartError(`a column of ${count} values has another number of them`)
  if (Math.max(constant, greatestOf(codes), greatestOf(exceptions)) > count)
    throw new PartError('a column has codes that stand for nothing')
  if (!isAscending(positions, events))
    throw new PartError('the exceptions of a column do not ascend')
  const spare = bits.length * 32 - events
  if (spare > 0 && bits[bits.length - 1]! >>> (32 - spare) !== 0)
    throw new PartError('a column marks events that there are not')
}

/** The names of the events that have the property; null where finding out is a look at every event. */
function namesIn(
  { encoding, constant, positions, bits }: Omit<PartColumn, 'names'>,
  { codes, events, greatestCode }: Core,
): Uint8Array | null {
  const names = new Uint8Array(greatestCode + 1)
  if (encoding === CONSTANT && constant === 0) {
    for (let i = 0; i < positions.length; i++) names[codes[positions[i]!]!] = 1
    return names
  }
  if (encoding !== PRESENT) return null
  for (let event = 0; event < events; event++)
    if ((bits[event >>> 5]! & (1 << (event & 31))) !== 0) names[codes[event]!] = 1
  return names
}

/** How many bits are set before each word, and in all. */
function ranksOf(bits: Uint32Array): { ranks: Uint32Array; total: number } {
  const ranks = new Uint32Array(bits.length)
  let total = 0
  for (let i = 0; i < bits.length; i++) {
    ranks[i] = total
    total += bitsIn(bits[i]!)
  }
  return { ranks, total }
}

/** How many bits of a word are set. */
export function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const isValue = (value: unknown): value is Value =>
  isScalar(value) || (Array.isArray(value) && value.length > 0 && value.every(isScalar))

/** Null, for unset, then the values. */
function valuesIn(bytes: Uint8Array): readonly Value[] {
  const list = parseJsonList(bytes)
  if (list[0] === null && isValues(list)) return list
  throw new PartError('a value of a column is no text, number, true, false or list of those')
}

function isValues(list: readonly unknown[]): list is readonly Value[] {
  for (let code = 1; code < list.length; code++) if (!isValue(list[code])) return false
  return true
}
