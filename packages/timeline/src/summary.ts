/** Many durations in four numbers; all but `count` null where there are none. */
export interface Summary {
  readonly count: number
  readonly mean_seconds: number | null
  readonly median_seconds: number | null
  readonly p90_seconds: number | null
}

/** Sums up durations, given in milliseconds in any order. Percentiles are exact, linear between ranks. */
export function summary(times_ms: readonly number[]): Summary {
  const count = times_ms.length
  if (count === 0) return { count, mean_seconds: null, median_seconds: null, p90_seconds: null }
  const sorted = Float64Array.from(times_ms).sort()
  const sum = sorted.reduce((total, time) => total + time, 0)
  return {
    count,
    mean_seconds: sum / count / 1000,
    median_seconds: percentile(sorted, 0.5) / 1000,
    p90_seconds: percentile(sorted, 0.9) / 1000,
  }
}

/** The value at rank `share × (count − 1)`, between two ranks on the line from one to the other. */
function percentile(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length - 1)
  const below = sorted[Math.floor(rank)]!
  const above = sorted[Math.ceil(rank)]!
  return below + (above - below) * (rank - Math.floor(rank))
}
