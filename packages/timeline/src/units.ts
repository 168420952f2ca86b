import { firstAtOrAfter } from './candidates.ts'
import type { Matcher } from './matcher.ts'
import { roomFor } from './parts/arena.ts'
import { visitEnd } from './visits.ts'

/** What is counted, in a list: each unit is the events of one visitor or visit, asked about for one range. Reused. */
export interface Units {
  length: number
  begin: Uint32Array
  end: Uint32Array
  /** Which range. */
  bucket: Uint16Array
}

export const noUnits = (): Units => ({
  length: 0,
  begin: new Uint32Array(0),
  end: new Uint32Array(0),
  bucket: new Uint16Array(0),
})

/**
 * Lists the visitors of a source, or with `unit: visit` their visits, for every bucket in which they did
 * something. Bucket b is from `edges[b]` up to, not including, `edges[b + 1]`; one bucket is asked about everybody.
 */
export function listUnits(matcher: Matcher, edges: Float64Array, units: Units) {
  const { source, plan } = matcher
  const { ends } = source
  const isWhole = plan.funnel.unit === 'visitor'
  const isOne = edges.length === 2
  units.length = 0
  let begin = 0
  for (let visitor = 0; visitor < ends.length; visitor++) {
    const end = ends[visitor]!
    while (begin < end) {
      const next = isWhole ? end : visitEnd(matcher, begin, end)
      if (isOne) push(units, begin, next, 0)
      else pushBuckets(matcher, edges, begin, next, units)
      begin = next
    }
  }
}

/** Only buckets in which something was done can count it. */
function pushBuckets(
  { at }: Matcher,
  edges: Float64Array,
  begin: number,
  end: number,
  units: Units,
) {
  let i = firstAtOrAfter(at, begin, end, edges[0]!)
  while (i < end) {
    const bucket = firstAtOrAfter(edges, 0, edges.length, at[i]! + 1) - 1
    if (bucket === edges.length - 1) return
    push(units, i, end, bucket)
    i = firstAtOrAfter(at, i, end, edges[bucket + 1]!)
  }
}

function push(units: Units, begin: number, end: number, bucket: number) {
  const { length } = units
  if (length === units.begin.length) grow(units)
  units.begin[length] = begin
  units.end[length] = end
  units.bucket[length] = bucket
  units.length = length + 1
}

function grow(units: Units) {
  const room = Math.max(1_024, roomFor(units.begin.length * 2))
  const { begin, end, bucket } = units
  units.begin = new Uint32Array(room)
  units.end = new Uint32Array(room)
  units.bucket = new Uint16Array(room)
  units.begin.set(begin)
  units.end.set(end)
  units.bucket.set(bucket)
}
