/**
 * Brings one property to where the events are.
 *
 * 1. The parts' lists of values become one list.
 * 2. Of every part the codes of the span go to where each visitor's events went, as numbers of that list.
 * 3. What a name's code says (it is a bot's) stands where nothing else does.
 */
import type { Column, ValueCodes } from '../timeline.ts'
import type { Arena } from './arena.ts'
import type { PartColumn } from './column.ts'
import { SAID_BY_CODE } from './event-name.ts'
import type { Piece } from './piece.ts'
import { placeCodes } from './place-codes.ts'
import { type Repair, repair } from './repair.ts'

/** Null where no event has the property. */
export function gatherColumn(
  property: string,
  pieces: readonly Piece[],
  events: number,
  repairs: readonly Repair[],
  hidden: Uint8Array,
  arena: Arena,
): Column | null {
  const merged = arena.column(property)
  const columns = pieces.flatMap(({ part }) => part.columns.get(property) ?? [])
  const bit = SAID_BY_CODE.get(property) ?? 0
  const isSaid = hidden.some((bits) => (bits & bit) !== 0)
  if (columns.length === 0 && !isSaid) return null
  merged.begin(columns)
  const said = isSaid ? merged.numberOf(true) : 0
  const codes = merged.clear(events)
  let entry = 0
  for (const piece of pieces) {
    const column = piece.part.columns.get(property)
    if (column) {
      const numbers = merged.numbersOf(column)
      placeCodes(column, piece.part.core, piece, numbers, arena.places, entry, codes)
    }
    entry += piece.visitorEnd - piece.visitor
  }
  for (const one of repairs) repair(codes, one)
  if (isSaid && !sayWhatCodesSay(codes, arena.codes, hidden, bit, said) && columns.length === 0)
    return null
  const { values } = merged
  const names = isSaid ? null : namesOf(columns, hidden.length)
  // The list of values may hold some of parts that were asked about before.
  const lists = columns.some((column) => column.lists)
  return names ? { codes, values, lists, names } : { codes, values, lists }
}

/** The names whose events have the property in some part; null where one does not know. */
function namesOf(columns: readonly PartColumn[], count: number): Uint8Array | null {
  const names = new Uint8Array(count)
  for (const column of columns) {
    if (column.names === null) return null
    for (let name = 0; name < column.names.length; name++) names[name]! |= column.names[name]!
  }
  return names
}

/** Whether any event is said to be one. */
function sayWhatCodesSay(
  codes: ValueCodes,
  names: Uint16Array,
  hidden: Uint8Array,
  bit: number,
  number: number,
): boolean {
  let isAny = false
  for (let e = 0; e < codes.length; e++) {
    if (codes[e] !== 0 || (hidden[names[e]!]! & bit) === 0) continue
    codes[e] = number
    isAny = true
  }
  return isAny
}
