import { BATCH } from './batch.ts'
import type { Matcher } from './matcher.ts'
import type { Timelines } from './timeline.ts'
import { visitEnd } from './visits.ts'

/**
 * What is counted, a batch after the other: each unit is the events of one visitor or visit, asked about for
 * one range. Reused.
 */
export interface Units {
  length: number
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
  const isWhole = matcher.plan.funnel.unit === 'visitor'
  units.length = 0
  if (isWhole && edges.length === 2) listVisitors(matcher.source, units)
  else
    while (units.length < BATCH && units.visitor < matcher.source.ends.length)
      listSome(matcher, edges, isWhole, units)
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
  units.visitor = visitor + length
  units.next = begin
}

/** Goes on with one visit, or visitor: only buckets in which something was done can count it. */
function listSome(matcher: Matcher, edges: Float64Array, isWhole: boolean, units: Units) {
  const { at, source } = matcher
  const visitorEnd = source.ends[units.visitor]!
  if (source.skip?.[units.visitor] === 1) units.next = units.visitEnd = visitorEnd
  else if (units.next === units.visitEnd)
    units.visitEnd = isWhole ? visitorEnd : visitEnd(matcher, units.next, visitorEnd)
  const end = units.visitEnd
  const buckets = edges.length - 1
  const first = edges[0]!
  const perMs = buckets / (edges[buckets]! - first)
  let { next: i, length } = units
  while (i < end && at[i]! < first) i++
  while (i < end && length < BATCH) {
    const time = at[i]!
    // Buckets are about of one length: the clock may be changed in some.
    let bucket = Math.min(buckets, Math.floor((time - first) * perMs))
    while (edges[bucket]! > time) bucket--
    while (bucket < buckets && edges[bucket + 1]! <= time) bucket++
    if (bucket === buckets) i = end
    else {
      units.begin[length] = i
      units.end[length] = end
      units.bucket[length++] = bucket
      const to = edges[bucket + 1]!
      while (i < end && at[i]! < to) i++
    }
  }
  units.length = length
  units.next = i
  if (i === visitorEnd) units.visitor++
}
