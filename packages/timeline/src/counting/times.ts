/** Many durations in milliseconds, in no order. Plain data, to go from thread to thread. */
export interface Times {
  count: number
  /** How many zeros stand in no chunk: most visitors of a shop leave at once, and are only counted. */
  zeros: number
  /** Of all of them; exact, durations being whole. */
  sum: number
  /** All others. In shared memory, which goes from thread to thread, and from one `Times` into another, without being copied. */
  chunks: Float64Array[]
}

export const noTimes = (): Times => ({ count: 0, zeros: 0, sum: 0, chunks: [] })

/** Adds all of `chunk`, as it stands. */
export function addChunk(times: Times, chunk: Float64Array) {
  let sum = 0
  for (let i = 0; i < chunk.length; i++) sum += chunk[i]!
  times.chunks.push(chunk)
  times.count += chunk.length
  times.sum += sum
}

export function addZeros(times: Times, count: number) {
  times.count += count
  times.zeros += count
}

/** Adds all of `b` to `a`, which shares its chunks from then on. */
export function addTimes(a: Times, b: Times) {
  if (b.count === 0) return
  a.chunks.push(...b.chunks)
  a.count += b.count
  a.zeros += b.zeros
  a.sum += b.sum
}
