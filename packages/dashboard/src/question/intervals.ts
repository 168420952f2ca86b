import type { Interval } from '@weir/contract'

const HOURS = { hour: 1, day: 24, week: 168, month: 730 } as const
const FINEST_FIRST = ['hour', 'day', 'week', 'month'] as const

/** Two make a line; more than so many are a smear. */
const FEWEST = 2
const MOST = 400
/** As many points as can be told apart. */
const USUAL_MOST = 49

/** The buckets that a range can be seen in; days where it is no range, which the server says. */
export function intervalsOf(from: string, to: string): Interval[] {
  const found = FINEST_FIRST.filter((interval) => {
    const buckets = bucketsOf(from, to, interval)
    return buckets >= FEWEST && buckets <= MOST
  })
  return found.length > 0 ? found : ['day']
}

/** The finest of them whose points can be told apart. */
export function usualInterval(from: string, to: string): Interval {
  const intervals = intervalsOf(from, to)
  return (
    intervals.find((interval) => bucketsOf(from, to, interval) <= USUAL_MOST) ??
    intervals.at(-1) ??
    'day'
  )
}

const bucketsOf = (from: string, to: string, interval: Interval) =>
  (Date.parse(to) - Date.parse(from)) / (HOURS[interval] * 3_600_000)
