import type { RateAnswer } from '@weir/contract'
import { scaleEnd } from './scaleEnd.ts'

/** A rate of one bucket, in a box of 100 × 100 whose bottom is 0. */
export interface TrendDot {
  /** The middle of its column; all columns are equally wide. */
  x: number
  y: number
  low: number
  high: number
}

export interface TrendLine {
  /** The share at the top of the box. */
  end: number
  /** One a bucket; null where there was nothing to divide by. */
  dots: (TrendDot | null)[]
  /** The intervals, as an area. */
  band: string
  /** The line through finished buckets, and from the last of them through those that are not. */
  finished: string
  unfinished: string
}

/**
 * A rate over time, as a line with a band of its intervals.
 *
 * 1. The scale ends above every rate, and above the intervals of those that are not `too_few`: one
 *    visitor in a quiet hour, with an interval up to 80 %, would press all others to the ground.
 * 2. Where nobody could convert the line is broken: it is no 0.
 */
export function trendLine(
  points: readonly { rate: RateAnswer | null; mature: boolean }[],
): TrendLine {
  const end = scaleEnd(
    points.flatMap(({ rate }) => [rate?.rate ?? null, rate?.too_few ? null : (rate?.high ?? null)]),
  )
  const y = (share: number) => rounded(100 - Math.min(1, share / end) * 100)
  const dots = points.map(({ rate }, index): TrendDot | null =>
    rate === null || rate.rate === null
      ? null
      : {
          x: rounded(((index + 0.5) / points.length) * 100),
          y: y(rate.rate),
          low: y(rate.low ?? 0),
          high: y(rate.high ?? 0),
        },
  )
  // Buckets are in order, so that those which are not finished are the last ones.
  const firstOpen = points.findIndex(({ mature }) => !mature)
  const open = firstOpen === -1 ? dots.length : firstOpen
  return {
    end,
    dots,
    band: runsOf(dots).map(bandOf).join(''),
    finished: runsOf(dots.slice(0, open)).map(lineOf).join(''),
    unfinished: runsOf(dots.slice(Math.max(0, open - 1)))
      .map(lineOf)
      .join(''),
  }
}

/** What stands together without a gap. */
function runsOf(dots: readonly (TrendDot | null)[]): TrendDot[][] {
  const runs: TrendDot[][] = [[]]
  for (const dot of dots) {
    if (dot) runs.at(-1)?.push(dot)
    else runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

const lineOf = (run: readonly TrendDot[]) =>
  run.length < 2 ? '' : `M${run.map(({ x, y }) => `${x} ${y}`).join('L')}`

/** A lonely bucket has a band as wide as a dot. */
function bandOf(run: readonly TrendDot[]): string {
  const [only] = run
  const wide =
    only && run.length === 1
      ? [
          { ...only, x: only.x - 0.4 },
          { ...only, x: only.x + 0.4 },
        ]
      : run
  const there = wide.map(({ x, high }) => `${x} ${high}`)
  const back = wide.toReversed().map(({ x, low }) => `${x} ${low}`)
  return `M${[...there, ...back].join('L')}Z`
}

const rounded = (n: number) => Number(n.toFixed(3))
