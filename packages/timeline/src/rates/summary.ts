import type { Times } from '../counting/times.ts'
import { atRanks } from './ranks.ts'

/** Many durations in four numbers; all but `count` null where there are none. */
export interface Summary {
  readonly count: number
  readonly mean_seconds: number | null
  readonly median_seconds: number | null
  readonly p90_seconds: number | null
}

/** Sums up durations. Percentiles are exact, linear between ranks. */
export function summary(times: Times): Summary {
  const { count, sum } = times
  if (count === 0) return { count, mean_seconds: null, median_seconds: null, p90_seconds: null }
  const [median = 0, p90 = 0] = percentiles(times, [0.5, 0.9])
  return {
    count,
    mean_seconds: sum / count / 1000,
    median_seconds: median / 1000,
    p90_seconds: p90 / 1000,
  }
}

/** The values at the ranks `share × (count − 1)`, between two ranks on the line from one to the other. */
function percentiles(times: Times, shares: readonly number[]): number[] {
  const { count, zeros } = times
  const ranks = shares.map((share) => share * (count - 1))
  const asked = ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)])
  const others = asked.filter((rank) => rank >= zeros).map((rank) => rank - zeros)
  const found = atRanks(times.chunks, others)
  const values = asked.map((rank) => (rank < zeros ? 0 : found.shift()!))
  return ranks.map((rank, i) => {
    const [below, above] = [values[2 * i]!, values[2 * i + 1]!]
    return below + (above - below) * (rank - Math.floor(rank))
  })
}
