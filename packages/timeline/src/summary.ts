import { atRanks } from './ranks.ts'
import { chunksOf, type Times } from './times.ts'

/** Many durations in four numbers; all but `count` null where there are none. */
export interface Summary {
  readonly count: number
  readonly mean_seconds: number | null
  readonly median_seconds: number | null
  readonly p90_seconds: number | null
}

/** Sums up durations. Percentiles are exact, linear between ranks. */
export function summary(times: Times): Summary {
  const { count } = times
  if (count === 0) return { count, mean_seconds: null, median_seconds: null, p90_seconds: null }
  const chunks = chunksOf(times)
  const [median = 0, p90 = 0] = percentiles(chunks, count, [0.5, 0.9])
  return {
    count,
    mean_seconds: sumOf(chunks) / count / 1000,
    median_seconds: median / 1000,
    p90_seconds: p90 / 1000,
  }
}

function sumOf(chunks: readonly Float64Array[]): number {
  let sum = 0
  for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) sum += chunk[i]!
  return sum
}

/** The values at the ranks `share × (count − 1)`, between two ranks on the line from one to the other. */
function percentiles(
  chunks: readonly Float64Array[],
  count: number,
  shares: readonly number[],
): number[] {
  const ranks = shares.map((share) => share * (count - 1))
  const found = atRanks(
    chunks,
    ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)]),
  )
  return ranks.map((rank, i) => {
    const [below, above] = [found[2 * i]!, found[2 * i + 1]!]
    return below + (above - below) * (rank - Math.floor(rank))
  })
}
