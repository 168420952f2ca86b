/**
 * Brings the events of each visitor together, out of many parts of many days.
 *
 * 1. Of every part, oldest first, the visitors of the range are found: hashes are sorted, so a span.
 * 2. Each is looked up in an open-addressing table, which numbers the visitors, and its events counted.
 * 3. Running sums say where each visitor's events go; every part's are copied there. Parts are in the
 *    order of their days, so each visitor's events are in the order of time,
 * 4. but for visitors who have events in two parts of one day: those are sorted.
 * 5. Asked properties go the same way, their codes changed to those of one list of values.
 */
import type { Column, Timelines } from '../timeline.ts'
import { Arena } from './arena.ts'
import { type EventName, hiddenOf } from './event-name.ts'
import { findVisitors } from './find-visitors.ts'
import { gatherColumn } from './gather-column.ts'
import { gatheredIds } from './gathered-ids.ts'
import { EVERYONE, type HashRange, isSeparate, rangeOfSlot } from './hash-range.ts'
import { type Hashes, hashesOf } from './hashes.ts'
import type { OpenPart } from './open-part.ts'
import { PartError } from './part-error.ts'
import { type Piece, spanOf } from './piece.ts'
import { placeEvents } from './place-events.ts'

/** Timelines that know hidden events by their codes. */
export interface PartTimelines extends Timelines {
  /** For every name's code the bits BOT and COOKIELESS. */
  readonly hidden: Uint8Array
}

/** Those that also say who the visitors are: for keep() and joinKept(). */
export interface HashedTimelines extends PartTimelines {
  readonly hashes: Hashes
}

export interface GatherOptions {
  /** Only these visitors. */
  readonly range?: HashRange
  /** Whether to read the visitors' ids. */
  readonly visitorIds?: boolean
  /** What is given back stands in it, and is overwritten when it is given again. */
  readonly arena?: Arena
}

/** The timelines of a range of visitors. A property that no event has gets no column. Throws PartError. */
export function gatherParts(
  parts: readonly OpenPart[],
  names: readonly EventName[],
  asked: readonly string[],
  { range = EVERYONE, visitorIds = false, arena = new Arena() }: GatherOptions = {},
): PartTimelines {
  const pieces = piecesOf(parts, names, range)
  const timelines = gatherPieces(pieces, names, asked, arena)
  if (!visitorIds) return timelines
  return { ...timelines, visitorIds: gatheredIds(pieces, timelines.ends.length, arena) }
}

/** The same, with the hashes of the visitors. */
export function gatherHashed(
  parts: readonly OpenPart[],
  names: readonly EventName[],
  asked: readonly string[],
  { range, arena }: { range: HashRange; arena: Arena },
): HashedTimelines {
  const pieces = piecesOf(parts, names, range)
  const timelines = gatherPieces(pieces, names, asked, arena)
  return { ...timelines, hashes: hashesOf(pieces, timelines.ends.length, arena) }
}

function gatherPieces(
  pieces: readonly Piece[],
  names: readonly EventName[],
  asked: readonly string[],
  arena: Arena,
): PartTimelines {
  const visitors = findVisitors(pieces, arena)
  const { events, repairs } = placeEvents(pieces, visitors, arena)
  const hidden = hiddenOf(names)
  const columns = new Map<string, Column>()
  for (const property of new Set(asked)) {
    const column = gatherColumn(property, pieces, events, repairs, hidden, arena)
    if (column) columns.set(property, column)
  }
  return {
    ends: arena.ends.subarray(0, visitors),
    at: arena.at.subarray(0, events),
    codes: arena.codes.subarray(0, events),
    names: names.map(({ name }) => name),
    hidden,
    columns,
  }
}

/** Oldest first. */
function piecesOf(
  parts: readonly OpenPart[],
  names: readonly EventName[],
  range: HashRange,
): Piece[] {
  const pieces: Piece[] = []
  for (const part of parts) {
    const { slot, slots, greatestCode } = part.core
    if (greatestCode >= names.length)
      throw new PartError(
        `a part has an event of code ${greatestCode}, but there are ${names.length} names`,
      )
    if (isSeparate(rangeOfSlot(slot, slots), range)) continue
    const span = spanOf(part.core, range)
    if (span.event < span.eventEnd) pieces.push({ part, ...span })
  }
  return pieces.sort((a, b) => a.part.core.day - b.part.core.day)
}
