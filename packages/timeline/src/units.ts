import { firstAtOrAfter } from './candidates.ts'
import type { Matcher } from './matcher.ts'
import { BATCH } from './outcomes.ts'
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
  if (source.skip?.[units.visitor] === 1) {
    units.visitor++
    units.next = units.visitEnd = visitorEnd
    return
  }
  if (units.next === units.visitEnd)
    units.visitEnd = isWhole ? visitorEnd : visitEnd(matcher, units.next, visitorEnd)
  const end = units.visitEnd
  let i = firstAtOrAfter(at, units.next, end, edges[0]!)
  while (i < end && units.length < BATCH) {
    const bucket = firstAtOrAfter(edges, 0, edges.length, at[i]! + 1) - 1
    if (bucket === edges.length - 1) {
      i = end
      break
    }
    const { length } = units
    units.begin[length] = i
    units.end[length] = end
    units.bucket[length] = bucket
    units.length = length + 1
    i = firstAtOrAfter(at, i, end, edges[bucket + 1]!)
  }
  units.next = i
  if (i === visitorEnd) units.visitor++
}
