import { firstAtOrAfter } from '../matching/candidates.ts'
import type { Matcher } from '../matching/matcher.ts'
import { visitEnd } from '../matching/visits.ts'
import type { Timelines } from '../timeline.ts'
import { BATCH } from './batch.ts'

/**
 * What is counted, a batch after the other: each unit is the events of one visitor or visit, asked about for
 * one range. Reused.
 */
export interface Units {
  length: number
  /** How many events they have, those of several ranges counted for each. */
  events: number
  readonly begin: Uint32Array
  readonly end: Uint32Array
  /** Which range. */
  readonly bucket: Uint16Array
  /** Where the next batch goes on: the visitor, the events of which one's visit are listed, from where. */
  visitor: number
  next: number
  visitEnd: number
}

export const noUnits = (): Units => ({
  length: 0,
  events: 0,
  begin: new Uint32Array(BATCH),
  end: new Uint32Array(BATCH),
  bucket: new Uint16Array(BATCH),
  visitor: 0,
  next: 0,
  visitEnd: 0,
})

/** Goes back to the first visitor. */
export function restart(units: Units) {
  units.visitor = 0
  units.next = 0
  units.visitEnd = 0
}

/**
 * Lists the next visitors of a source, or with `unit: visit` their visits, for every bucket in which they did
 * something. Bucket b is from `edges[b]` up to, not including, `edges[b + 1]`; one bucket is asked about everybody.
 * Says whether there were any.
 */
export function listUnits(matcher: Matcher, edges: Float64Array, units: Units): boolean {
  units.length = units.events = 0
  if (matcher.plan.funnel.unit === 'visit') listVisits(matcher, edges, units)
  else if (edges.length === 2) listVisitors(matcher.source, units)
  else listBuckets(matcher.source, edges, units)
  return units.length > 0
}

function listVisitors({ ends, skip }: Timelines, units: Units) {
  const { visitor } = units
  const length = Math.min(BATCH, ends.length - visitor)
  let begin = units.next
  for (let i = 0; i < length; i++) {
    units.begin[i] = begin
    begin = ends[visitor + i]!
    units.end[i] = begin
  }
  if (skip)
    for (let i = 0; i < length; i++) if (skip[visitor + i] === 1) units.end[i] = units.begin[i]!
  units.bucket.fill(0, 0, length)
  units.length = length
  units.events = begin - units.next
  units.visitor = visitor + length
  units.next = begin
}

/** Goes on with a visitor's events: no call is in the loop, which goes over all of them. */
function listBuckets({ ends, skip, at }: Timelines, edges: Float64Array, units: Units) {
  const { begin: begins, end: until, bucket: buckets } = units
  const last = edges.length - 1
  const from = edges[0]!
  const perMs = last / (edges[last]! - from)
  let { length, visitor, next: i } = units
  let events = 0
  while (length < BATCH && visitor < ends.length) {
    const end = ends[visitor]!
    if (skip?.[visitor] === 1) i = end
    while (i < end && at[i]! < from) i++
    while (i < end && length < BATCH) {
      const time = at[i]!
      // Buckets are about of one length: the clock may be changed in some.
      let bucket = Math.min(last, Math.floor((time - from) * perMs))
      while (edges[bucket]! > time) bucket--
      while (bucket < last && edges[bucket + 1]! <= time) bucket++
      if (bucket === last) {
        i = end
        break
      }
      begins[length] = i
      events += end - i
      until[length] = end
      buckets[length++] = bucket
      const to = edges[bucket + 1]!
      do i++
      while (i < end && at[i]! < to)
    }
    if (i === end) visitor++
  }
  units.length = length
  units.events = events
  units.visitor = visitor
  units.next = i
}

/** Cuts visitors into visits, and goes on with each. */
function listVisits(matcher: Matcher, edges: Float64Array, units: Units) {
  const { at, source } = matcher
  const { ends, skip } = source
  while (units.length < BATCH && units.visitor < ends.length) {
    const visitorEnd = ends[units.visitor]!
    if (skip?.[units.visitor] === 1) units.next = units.visitEnd = visitorEnd
    if (units.next === units.visitEnd && units.next < visitorEnd)
      units.visitEnd = visitEnd(matcher, units.next, visitorEnd)
    const i = listVisit(at, edges, units)
    units.next = i
    if (i === visitorEnd) units.visitor++
  }
}

/** Lists one visit in the buckets in which something was done; says where to go on. */
function listVisit(at: Float64Array, edges: Float64Array, units: Units): number {
  const end = units.visitEnd
  let i = firstAtOrAfter(at, units.next, end, edges[0]!)
  while (i < end && units.length < BATCH) {
    const bucket = firstAtOrAfter(edges, 0, edges.length, at[i]! + 1) - 1
    if (bucket === edges.length - 1) return end
    const { length } = units
    units.begin[length] = i
    units.end[length] = end
    units.events += end - i
    units.bucket[length] = bucket
    units.length = length + 1
    i = firstAtOrAfter(at, i, end, edges[bucket + 1]!)
  }
  return i
}
