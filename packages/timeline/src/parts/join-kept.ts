/**
 * Kept timelines with what came since, as sources in which each visitor is counted once:
 *
 * 1. Most visitors did nothing since. They are counted where they stand, the others skipped there.
 * 2. Of those, and of new ones, what is kept and what came since is joined; where that is not in the order of
 *    time, it is sorted.
 */
import type { Column, Timelines, ValueCodes } from '../timeline.ts'
import { type EventName, hiddenOf } from './event-name.ts'
import type { HashedTimelines } from './gather-parts.ts'
import type { Hashes } from './hashes.ts'
import type { KeptTimelines } from './kept-timelines.ts'
import { type Repair, repair, repairOf } from './repair.ts'
import { SPREAD } from './spread.ts'

/** `fresh` was gathered in the arena of `kept`, with the same names or more. */
export function joinKept(
  kept: KeptTimelines,
  fresh: HashedTimelines | null,
  names: readonly EventName[],
): Timelines[] {
  const standing: Timelines = {
    ...kept,
    names: names.map(({ name }) => name),
    hidden: hiddenOf(names),
  }
  if (fresh === null || fresh.ends.length === 0) return [standing]
  const skip = new Uint8Array(kept.ends.length)
  const partners = findPartners(kept.hashes, fresh.hashes, skip)
  return [{ ...standing, skip }, join(kept, fresh, partners)]
}

const NOBODY = 0xffffffff

/** For every fresh visitor the number of the kept one who is the same, or NOBODY; those are marked in `skip`. */
function findPartners(kept: Hashes, fresh: Hashes, skip: Uint8Array): Uint32Array {
  const partners = new Uint32Array(fresh.lo.length).fill(NOBODY)
  const bits = Math.max(4, 33 - Math.clz32(fresh.lo.length))
  const shift = 32 - bits
  const last = (1 << bits) - 1
  // Numbers counted from 1.
  const table = new Uint32Array(last + 1)
  for (let v = 0; v < fresh.lo.length; v++) {
    let slot = Math.imul(fresh.lo[v]!, SPREAD) >>> shift
    while (table[slot] !== 0) slot = (slot + 1) & last
    table[slot] = v + 1
  }
  const { hi, lo } = kept
  for (let v = 0; v < lo.length; v++) {
    let slot = Math.imul(lo[v]!, SPREAD) >>> shift
    for (; table[slot] !== 0; slot = (slot + 1) & last) {
      const other = table[slot]! - 1
      if (fresh.lo[other] !== lo[v] || fresh.hi[other] !== hi[v]) continue
      partners[other] = v
      skip[v] = 1
      break
    }
  }
  return partners
}

/** Where the events of a visitor come from, and go. */
interface Joint {
  readonly kept: { readonly begin: number; readonly end: number }
  readonly fresh: { readonly begin: number; readonly end: number }
}

function join(kept: KeptTimelines, fresh: HashedTimelines, partners: Uint32Array): Timelines {
  const joints = Array.from(
    partners,
    (partner, visitor): Joint => ({
      kept: partner === NOBODY ? { begin: 0, end: 0 } : eventsOf(kept.ends, partner),
      fresh: eventsOf(fresh.ends, visitor),
    }),
  )
  const ends = new Uint32Array(joints.length)
  let events = 0
  for (const [visitor, { kept, fresh }] of joints.entries()) {
    events += kept.end - kept.begin + fresh.end - fresh.begin
    ends[visitor] = events
  }
  const at = put(joints, kept.at, fresh.at, new Float64Array(events))
  const repairs = joints.flatMap((_, visitor) => repairsOf(at, eventsOf(ends, visitor)))
  for (const one of repairs) repair(at, one)
  const columns = new Map<string, Column>()
  for (const property of new Set([...kept.columns.keys(), ...fresh.columns.keys()])) {
    const [before, since] = [kept.columns.get(property), fresh.columns.get(property)]
    const values = since?.values ?? before?.values ?? [null]
    const isWide = before?.codes instanceof Uint32Array || since?.codes instanceof Uint32Array
    const into = isWide ? new Uint32Array(events) : new Uint16Array(events)
    put<ValueCodes>(joints, before?.codes, since?.codes, into)
    for (const one of repairs) repair(into, one)
    columns.set(property, { codes: into, values, lists: isAnyList(before) || isAnyList(since) })
  }
  const codes = put(joints, kept.codes, fresh.codes, new Uint16Array(events))
  for (const one of repairs) repair(codes, one)
  return { ends, at, codes, names: fresh.names, hidden: fresh.hidden, columns }
}

const eventsOf = (ends: Uint32Array, visitor: number) => ({
  begin: visitor === 0 ? 0 : ends[visitor - 1]!,
  end: ends[visitor]!,
})

const isAnyList = (column: Column | undefined): boolean =>
  column?.lists ?? column?.values.some(Array.isArray) ?? false

/** Each visitor's kept numbers, then the fresh ones; zeros where there are none. */
function put<Numbers extends Float64Array | Uint16Array | Uint32Array>(
  joints: readonly Joint[],
  kept: Numbers | undefined,
  fresh: Numbers | undefined,
  into: Numbers,
): Numbers {
  let to = 0
  const copy = (from: Numbers | undefined, { begin, end }: { begin: number; end: number }) => {
    for (let i = begin; i < end; i++, to++) if (from) into[to] = from[i]!
  }
  for (const joint of joints) {
    copy(kept, joint.kept)
    copy(fresh, joint.fresh)
  }
  return into
}

function repairsOf(at: Float64Array, { begin, end }: { begin: number; end: number }): Repair[] {
  for (let i = begin + 1; i < end; i++) if (at[i]! < at[i - 1]!) return [repairOf(at, begin, end)]
  return []
}
