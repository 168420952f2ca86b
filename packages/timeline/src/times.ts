/**
 * Many durations in milliseconds, in no order. Plain data of typed arrays: millions of them go from
 * thread to thread, and into one another, without being copied.
 */
export interface Times {
  count: number
  /** How many of them are 0: only counted, for most visitors of a shop leave at once. */
  zeros: number
  /** Of all of them; exact, durations being whole. */
  sum: number
  /** Full ones. */
  chunks: Float64Array[]
  /** The newest; its first `used` hold times. */
  last: Float64Array
  used: number
}

const FEWEST = 8
const CHUNK = 65_536
const NONE = new Float64Array(0)

export const noTimes = (): Times => ({
  count: 0,
  zeros: 0,
  sum: 0,
  chunks: [],
  last: NONE,
  used: 0,
})

/** Adds those of `from` that stand from `begin` up to `end`. */
export function addAll(times: Times, from: Float64Array, begin: number, end: number) {
  let { last, used, zeros, sum } = times
  for (let i = begin; i < end; i++) {
    const ms = from[i]!
    sum += ms
    if (ms === 0) {
      zeros++
      continue
    }
    if (used === last.length) {
      times.used = used
      makeRoom(times)
      last = times.last
      used = times.used
    }
    last[used++] = ms
  }
  times.count += end - begin
  times.zeros = zeros
  times.sum = sum
  times.used = used
}

export function addZeros(times: Times, count: number) {
  times.count += count
  times.zeros += count
}

/** Small ones are doubled, so that a few times are one array; large ones are left where they are. */
function makeRoom(times: Times) {
  const { last } = times
  if (last.length < CHUNK) {
    times.last = new Float64Array(Math.max(FEWEST, last.length * 2))
    times.last.set(last)
  } else {
    times.chunks.push(last)
    times.last = new Float64Array(CHUNK)
    times.used = 0
  }
}

/** Adds all of `b` to `a`, which may share its arrays from then on: `b` must not be added to any more. */
export function addTimes(a: Times, b: Times) {
  if (b.count === 0) return
  a.chunks.push(...chunksOf(b))
  a.count += b.count
  a.zeros += b.zeros
  a.sum += b.sum
}

/** All times but the zeros, as arrays that hold nothing else. */
export function chunksOf({ chunks, last, used }: Times): Float64Array[] {
  return used === 0 ? chunks : [...chunks, last.subarray(0, used)]
}
