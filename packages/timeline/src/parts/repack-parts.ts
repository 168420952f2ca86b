/**
 * Makes new parts of old ones of one day: merges them, cuts them into other slots, leaves events out.
 *
 * 1. The visitors of all parts are sorted by hash, those of the same hash by part.
 * 2. Each one's events are listed, those of several parts sorted by time; slot by slot.
 * 3. Columns are read whole, their codes changed to those of one list of values, and picked.
 */

import type { Core } from './core.ts'
import { Dictionary } from './dictionary.ts'
import { encodePart } from './encode-part.ts'
import { EVERYONE, SLOTS, slotOf } from './hash-range.ts'
import type { OpenPart } from './open-part.ts'
import type { Part, PartEvents, Settings } from './part.ts'
import { DAY_MS } from './part.ts'
import { PartError } from './part-error.ts'
import { spanOf } from './piece.ts'
import { placeCodes } from './place-codes.ts'
import { visitorIdAt } from './visitor-ids.ts'

/** An event, for whoever decides whether it stays. */
export interface PartEvent {
  readonly hi: number
  readonly lo: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** The name's code. */
  readonly code: number
}

/** Merges parts of one day, opened whole, into one for each slot. `slots` is the most that any of them has where it is not given. Throws PartError. */
export function mergeParts(parts: readonly OpenPart[], slots?: number): Part[] {
  return repack(parts, slots ?? Math.max(1, ...parts.map(({ core }) => core.slots)), null)
}

/** Cuts a part, opened whole, into more slots. */
export const splitPart = (part: OpenPart, slots: number): Part[] => repack([part], slots, null)

/** A part without the events that are to go; null where none is left. */
export function dropFromPart(
  part: OpenPart,
  isDropped: (event: PartEvent) => boolean,
): Part | null {
  return repack([part], part.core.slots, isDropped)[0] ?? null
}

/** A visitor of a part. */
interface Entry {
  readonly part: number
  readonly visitor: number
  readonly hi: number
  readonly lo: number
}

/** Events by the part they come from and their position there. */
interface Picked {
  readonly parts: Uint32Array
  readonly events: Uint32Array
}

function repack(
  parts: readonly OpenPart[],
  slots: number,
  isDropped: ((event: PartEvent) => boolean) | null,
): Part[] {
  checkWhole(parts, slots)
  const entries = entriesOf(parts)
  const columns = readColumns(parts)
  const packed: Part[] = []
  for (let begin = 0, end = 0; begin < entries.length; begin = end) {
    const slot = slotOf(entries[begin]!.hi, slots)
    while (end < entries.length && slotOf(entries[end]!.hi, slots) === slot) end++
    const { part, picked } = pick(parts, entries.slice(begin, end), { slots, slot }, isDropped)
    if (part.ends.length > 0) packed.push(encodePart(part, pickColumns(columns, picked)))
  }
  return packed
}

function checkWhole(parts: readonly OpenPart[], slots: number) {
  if (!SLOTS.some((known) => known === slots))
    throw new PartError(`there are no days of ${slots} slots`)
  for (const { core, columns, visitorIds } of parts) {
    if (core.day !== parts[0]?.core.day)
      throw new PartError('parts of different days are not merged')
    if (visitorIds === null || columns.size !== core.columns)
      throw new PartError(`a part of ${core.columns} columns was not opened whole`)
  }
}

/** The visitors of all parts by hash, then by part. */
function entriesOf(parts: readonly OpenPart[]): Entry[] {
  const entries: Entry[] = []
  for (const [part, { core }] of parts.entries())
    for (let visitor = 0; visitor < core.visitors; visitor++)
      entries.push({ part, visitor, hi: core.hi[visitor]!, lo: core.lo[visitor]! })
  return entries.sort((a, b) => a.hi - b.hi || a.lo - b.lo || a.part - b.part)
}

function pick(
  parts: readonly OpenPart[],
  entries: readonly Entry[],
  place: Pick<PartEvents, 'slots' | 'slot'>,
  isDropped: ((event: PartEvent) => boolean) | null,
): { part: PartEvents; picked: Picked } {
  const kept: { part: number; event: number; ms: number }[] = []
  const visitors: Entry[] = []
  const ends: number[] = []
  const day = parts[0]?.core.day ?? 0
  for (let i = 0; i < entries.length; ) {
    const { hi, lo } = entries[i]!
    const own: typeof kept = []
    const first = i
    for (; i < entries.length && entries[i]!.hi === hi && entries[i]!.lo === lo; i++) {
      const { part, visitor } = entries[i]!
      const { core } = parts[part]!
      for (
        let event = visitor === 0 ? 0 : core.ends[visitor - 1]!;
        event < core.ends[visitor]!;
        event++
      ) {
        const ms = core.ms[event]!
        if (!isDropped?.({ hi, lo, at: day * DAY_MS + ms, code: core.codes[event]! }))
          own.push({ part, event, ms })
      }
    }
    if (own.length === 0) continue
    if (i - first > 1) own.sort((a, b) => a.ms - b.ms)
    for (const one of own) kept.push(one)
    visitors.push(entries[first]!)
    ends.push(kept.length)
  }
  const part: PartEvents = {
    day,
    ...place,
    hi: Uint32Array.from(visitors, ({ hi }) => hi),
    lo: Uint32Array.from(visitors, ({ lo }) => lo),
    ends: Uint32Array.from(ends),
    ids: visitors.map((entry) => idOf(parts, entry)),
    ms: Uint32Array.from(kept, ({ ms }) => ms),
    codes: Uint16Array.from(kept, ({ part, event }) => parts[part]!.core.codes[event]!),
  }
  const picked = {
    parts: Uint32Array.from(kept, ({ part }) => part),
    events: Uint32Array.from(kept, ({ event }) => event),
  }
  return { part, picked }
}

function idOf(parts: readonly OpenPart[], { part, visitor }: Entry): string {
  const ids = parts[part]?.visitorIds
  return ids ? visitorIdAt(ids, visitor) : ''
}

/** One property of all parts: every part's codes as numbers of one list of values; null where a part has none. */
interface WholeColumn {
  readonly codes: readonly (Uint32Array | null)[]
  readonly dictionary: Dictionary
}

function readColumns(parts: readonly OpenPart[]): Map<string, WholeColumn> {
  const properties = new Set(parts.flatMap(({ columns }) => [...columns.keys()]))
  return new Map(Array.from(properties, (property) => [property, readColumn(parts, property)]))
}

function readColumn(parts: readonly OpenPart[], property: string): WholeColumn {
  const dictionary = new Dictionary()
  const codes = parts.map(({ core, columns }) => {
    const column = columns.get(property)
    if (!column) return null
    const numbers = Uint32Array.from(column.values, (value) => dictionary.codeOf(value))
    const all = new Uint32Array(core.events)
    placeCodes(column, core, spanOf(core, EVERYONE), numbers, beginsOf(core), 0, all)
    return all
  })
  return { codes, dictionary }
}

const beginsOf = ({ ends }: Core): Uint32Array =>
  ends.map((_, visitor) => (visitor === 0 ? 0 : ends[visitor - 1]!))

/** The columns that any picked event has. */
function pickColumns(
  columns: ReadonlyMap<string, WholeColumn>,
  picked: Picked,
): Map<string, Settings> {
  const settings = new Map<string, Settings>()
  for (const [property, column] of columns) {
    const own = pickColumn(column, picked)
    if (own.codes.length > 0) settings.set(property, own)
  }
  return settings
}

function pickColumn({ codes, dictionary }: WholeColumn, { parts, events }: Picked): Settings {
  const positions = new Uint32Array(events.length)
  const own = new Uint32Array(events.length)
  let length = 0
  for (let position = 0; position < events.length; position++) {
    const code = codes[parts[position]!]?.[events[position]!] ?? 0
    if (code === 0) continue
    positions[length] = position
    own[length++] = code
  }
  return {
    positions: positions.slice(0, length),
    codes: own.slice(0, length),
    values: dictionary.values,
  }
}
