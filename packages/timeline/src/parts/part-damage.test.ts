import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../test/runs.ts'
import { funnelOf, DAY as RANGE } from '../fixture.ts'
import { foldTimelines } from '../folds/fold.ts'
import { funnelFold } from '../folds/funnel-fold.ts'
import type { Event } from '../gather.ts'
import { historiesOf, wovenOf } from './fixture.ts'
import { gatherParts } from './gather-parts.ts'
import { type OpenPart, openPart } from './open-part.ts'
import type { StoredPart } from './part.ts'
import { PartError } from './part-error.ts'

const events = Array.from(
  { length: 300 },
  (_, index): Event => ({
    visitor: `v${index % 40}`,
    at: index * 60_000,
    name: ['A', 'B', 'C'][index % 3] ?? '',
    properties: {
      country: `c${index % 40}`,
      path: `/${(index * 7) % 31}`,
      ...(index % 5 === 0 ? { campaign: `x${index % 4}` } : {}),
      ...(index % 50 === 0 ? { value: index / 8, items: [{ product_id: 'p' }] } : {}),
      currency: index === 7 ? 'USD' : 'EUR',
    },
  }),
)
const { parts, names } = wovenOf(events)
const [whole] = parts
if (!whole) throw new Error('nothing was woven')
const PROPERTIES = [...whole.columns.keys()]

/** A part's blocks by name, to damage one of them. */
const blocks = new Map([['core', whole.core], ['visitorIds', whole.visitorIds], ...whole.columns])

const withBlock = (name: string, bytes: Uint8Array): StoredPart => ({
  core: name === 'core' ? bytes : whole.core,
  visitorIds: name === 'visitorIds' ? bytes : whole.visitorIds,
  columns: new Map(
    [...whole.columns].map(([property, own]) => [property, property === name ? bytes : own]),
  ),
})

const anyBlock = fc.constantFrom(...blocks.keys())

/** The bytes with some of them changed to others. */
function changed(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const copy = new Uint8Array(bytes)
  for (const [place, change] of changes) copy[place % copy.length]! ^= change
  return copy
}

const withTrueChecksum = (bytes: Uint8Array): Uint8Array => {
  const copy = new Uint8Array(bytes)
  new DataView(copy.buffer).setUint32(4, crc32(copy.subarray(8)), true)
  return copy
}

const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
  minLength: 1,
  maxLength: 3,
})

function open(stored: StoredPart): OpenPart | PartError {
  try {
    return openPart(stored)
  } catch (error) {
    if (error instanceof PartError) return error
    throw error
  }
}

test('changed bytes are refused, wherever they are', () => {
  fc.assert(
    fc.property(anyBlock, changes, (name, changes) => {
      const bytes = blocks.get(name) ?? new Uint8Array(0)
      const damaged = changed(bytes, changes)
      if (Buffer.compare(damaged, bytes) !== 0)
        expect(open(withBlock(name, damaged))).toBeInstanceOf(PartError)
    }),
    runs(),
  )
})

test('a truncated or a longer block is refused, though its checksum is right', () => {
  for (const [name, bytes] of blocks) {
    for (let length = 0; length < bytes.length; length++) {
      const short = bytes.subarray(0, length)
      expect(open(withBlock(name, short))).toBeInstanceOf(PartError)
      if (length >= 8)
        expect(open(withBlock(name, withTrueChecksum(short)))).toBeInstanceOf(PartError)
    }
    const longer = withTrueChecksum(Buffer.concat([bytes, Buffer.from([32])]))
    if (name === 'core') expect(open(withBlock(name, longer))).toBeInstanceOf(PartError)
  }
})

test('random bytes are refused, with and without a header', () => {
  fc.assert(
    fc.property(
      anyBlock,
      fc.uint8Array({ maxLength: 200 }),
      fc.nat({ max: 32 }),
      (name, bytes, kept) => {
        const head = (blocks.get(name) ?? bytes).subarray(0, kept)
        expect(open(withBlock(name, bytes))).toBeInstanceOf(PartError)
        const joined = Buffer.concat([head, bytes])
        if (joined.length >= 8)
          expect(open(withBlock(name, withTrueChecksum(joined)))).toBeInstanceOf(PartError)
      },
    ),
    runs(0.5),
  )
})

test('with a forged checksum, what is not refused can be read: every event once, no code without a meaning', () => {
  let accepted = 0
  fc.assert(
    fc.property(anyBlock, changes, (name, changes) => {
      const bytes = blocks.get(name) ?? new Uint8Array(0)
      const opened = open(withBlock(name, withTrueChecksum(changed(bytes, changes))))
      if (opened instanceof PartError) return
      if (opened.core.greatestCode >= names.length) {
        expect(() => gatherParts([opened], names, [])).toThrow(PartError)
        return
      }
      accepted++
      const timelines = gatherParts([opened], names, PROPERTIES, { visitorIds: true })
      expect(timelines.at.length).toBe(events.length)
      for (let visitor = 0; visitor < timelines.ends.length; visitor++)
        expect(timelines.visitorIds?.at(visitor)).toBeTypeOf('string')
      expect(timelines.at.every(Number.isSafeInteger)).toBe(true)
      for (const { codes, values } of timelines.columns.values())
        expect(codes.every((code) => code < values.length)).toBe(true)
      foldTimelines(funnelFold(funnelOf('A→B→C'), RANGE), timelines)
    }),
    runs(),
  )
  expect(accepted).toBeGreaterThan(0)
})

test('a core whose order is wrong is refused, though its checksum is right', () => {
  const { visitors } = whole
  const swapped = (first: number) => {
    const bytes = new Uint8Array(whole.core)
    const words = new Uint32Array(bytes.buffer, 32, visitors * 3 + 2)
    words.set([words[first + 1] ?? 0, words[first] ?? 0], first)
    return withTrueChecksum(bytes)
  }
  expect(() => openPart({ core: swapped(0) })).toThrow('hashes of the visitors are not sorted')
  expect(() => openPart({ core: swapped(visitors * 2) })).toThrow('ends of the visitors')
  expect(() => openPart({ core: swapped(visitors * 3) })).toThrow('times of a visitor')
})

test('blocks of different parts are not taken together', () => {
  const [other] = wovenOf(events.map((event) => ({ ...event, at: event.at + 1 }))).parts
  if (!other) throw new Error('nothing was woven')
  const path = other.columns.get('path')
  if (!path) throw new Error('no path')
  expect(() => openPart(withBlock('path', path))).toThrow('another core')
  expect(() => openPart({ core: whole.core, visitorIds: other.visitorIds })).toThrow('another core')
  expect(() => openPart({ core: path })).toThrow('this is no core, but a column')
})

test('a part of a newer version is refused by name', () => {
  const newer = new Uint8Array(whole.core)
  newer[8] = 2
  expect(() => openPart({ core: withTrueChecksum(newer) })).toThrow(
    'version 2 of a core is not known here',
  )
})

test('bytes that start anywhere in a buffer can be read', () => {
  for (const offset of [1, 2, 3, 4]) {
    const shift = (bytes: Uint8Array) => {
      const buffer = new Uint8Array(bytes.length + offset)
      buffer.set(bytes, offset)
      return buffer.subarray(offset)
    }
    const columns = new Map(Array.from(whole.columns, ([name, bytes]) => [name, shift(bytes)]))
    const shifted = { core: shift(whole.core), visitorIds: shift(whole.visitorIds), columns }
    const [plain, moved] = [whole, shifted].map((part) =>
      gatherParts([openPart(part)], names, PROPERTIES, { visitorIds: true }),
    )
    expect(moved && historiesOf(moved, PROPERTIES)).toEqual(plain && historiesOf(plain, PROPERTIES))
  }
})

test('a name that the site has not got is refused', () => {
  expect(() => gatherParts([openPart(whole)], names.slice(1), [])).toThrow('there are 2 names')
})
