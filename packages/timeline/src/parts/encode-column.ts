/**
 * Packs one property of a part's events.
 *
 * 1. Values that no event has are dropped (an erased visitor's must not stay), the others numbered anew.
 * 2. Each way to say it is counted in bytes, without writing it.
 * 3. The smallest is written.
 */
import type { Value } from '../value.ts'
import { widthOf } from './block.ts'
import { CONSTANT, type Packed, PLAIN, PRESENT, VISITORS, writeColumn } from './column.ts'
import type { Settings } from './part.ts'

const NONE = new Uint32Array(0)

/** `ends` are those of the part's visitors, `checksum` that of its core. */
export function encodeColumn(settings: Settings, ends: Uint32Array, checksum: number): Uint8Array {
  const { codes, values } = renumbered(settings)
  const used = { positions: settings.positions, codes, values }
  const events = ends[ends.length - 1] ?? 0
  const width = widthOf(values.length - 1)
  const constant = mostCommon(used, events)
  const byVisitor = codeOfVisitors(used, ends)
  const others = countExceptions(used, ends, byVisitor)
  const set = codes.length
  const atConstant = constant === 0 ? 0 : countOf(codes, constant)
  const otherThanConstant = constant === 0 ? set : events - atConstant
  const bytes = [
    otherThanConstant * (4 + width),
    ends.length * width + others * (4 + width),
    Math.ceil(events / 32) * 4 + set * width,
    events * width,
  ]
  const pack = PACKS[bytes.indexOf(Math.min(...bytes))] ?? packPlain
  return writeColumn(pack(used, ends, constant, byVisitor), values, checksum)
}

/** Drops what no event has; numbers the rest in the order of the events. */
function renumbered({ codes, values }: Settings): { codes: Uint32Array; values: Value[] } {
  const numbers = new Uint32Array(values.length)
  const kept: Value[] = [null]
  const own = new Uint32Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (numbers[code] === 0) numbers[code] = kept.push(values[code] ?? null) - 1
    own[i] = numbers[code]!
  }
  return { codes: own, values: kept }
}

function mostCommon({ codes, values }: Settings, events: number): number {
  const counts = new Uint32Array(values.length)
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++
  counts[0] = events - codes.length
  let best = 0
  for (let code = 1; code < counts.length; code++) if (counts[code]! > counts[best]!) best = code
  return best
}

function countOf(codes: Uint32Array, code: number): number {
  let count = 0
  for (let i = 0; i < codes.length; i++) if (codes[i] === code) count++
  return count
}

/** Each visitor's first value that is set: server events often lack what the browser's have. */
function codeOfVisitors({ positions, codes }: Settings, ends: Uint32Array): Uint32Array {
  const own = new Uint32Array(ends.length)
  for (let v = 0, i = 0; v < ends.length; v++) {
    if (i < positions.length && positions[i]! < ends[v]!) own[v] = codes[i]!
    while (i < positions.length && positions[i]! < ends[v]!) i++
  }
  return own
}

function countExceptions(
  { positions, codes }: Settings,
  ends: Uint32Array,
  own: Uint32Array,
): number {
  let same = 0
  let unsetOfUnset = 0
  for (let v = 0, i = 0, begin = 0; v < ends.length; begin = ends[v++]!) {
    if (own[v] === 0) unsetOfUnset += ends[v]! - begin
    for (; i < positions.length && positions[i]! < ends[v]!; i++) if (codes[i] === own[v]) same++
  }
  return (ends[ends.length - 1] ?? 0) - same - unsetOfUnset
}

type Pack = (
  settings: Settings,
  ends: Uint32Array,
  constant: number,
  byVisitor: Uint32Array,
) => Packed

const packConstant: Pack = (settings, ends, constant) => {
  if (constant === 0) {
    const { positions, codes: exceptions } = settings
    return { encoding: CONSTANT, constant, positions, bits: NONE, codes: NONE, exceptions }
  }
  const exceptions = exceptionsOf(dense(settings, ends), () => constant, ends)
  return { encoding: CONSTANT, constant, bits: NONE, codes: NONE, ...exceptions }
}

const packVisitors: Pack = (settings, ends, _, codes) => {
  const exceptions = exceptionsOf(dense(settings, ends), (visitor) => codes[visitor] ?? 0, ends)
  return { encoding: VISITORS, constant: 0, bits: NONE, codes, ...exceptions }
}

const packPresent: Pack = ({ positions, codes }, ends) => {
  const bits = new Uint32Array(Math.ceil((ends[ends.length - 1] ?? 0) / 32))
  for (let i = 0; i < positions.length; i++) bits[positions[i]! >>> 5]! |= 1 << (positions[i]! & 31)
  return { encoding: PRESENT, constant: 0, positions: NONE, bits, codes, exceptions: NONE }
}

const packPlain: Pack = (settings, ends) => {
  const codes = dense(settings, ends)
  return { encoding: PLAIN, constant: 0, positions: NONE, bits: NONE, codes, exceptions: NONE }
}

const PACKS = [packConstant, packVisitors, packPresent, packPlain] as const

/** A code for every event. */
function dense({ positions, codes }: Settings, ends: Uint32Array): Uint32Array {
  const all = new Uint32Array(ends[ends.length - 1] ?? 0)
  for (let i = 0; i < positions.length; i++) all[positions[i]!] = codes[i]!
  return all
}

/** The events whose code is not what is said for their visitor. */
function exceptionsOf(codes: Uint32Array, saidOf: (visitor: number) => number, ends: Uint32Array) {
  const positions: number[] = []
  const exceptions: number[] = []
  let event = 0
  for (let v = 0; v < ends.length; v++) {
    const said = saidOf(v)
    for (; event < ends[v]!; event++) {
      if (codes[event] === said) continue
      positions.push(event)
      exceptions.push(codes[event]!)
    }
  }
  return { positions: Uint32Array.from(positions), exceptions: Uint32Array.from(exceptions) }
}
