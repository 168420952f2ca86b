import type { Site, TrendAnswer, TrendQuestion } from '@weir/contract'
import type { Backend } from '../backend.ts'
import { bucketsOf } from './buckets.ts'
import { type Counted, type Counting, count } from './count.ts'
import { funnelsOf } from './plan.ts'
import { pointsOf } from './points-of.ts'
import { POINT_DEFINITIONS, rateDefinitions } from './rate-definitions.ts'
import { resolveSaved } from './resolve-saved.ts'

/** The funnel asked for every bucket of the range, in one pass. */
export async function answerTrend(
  backend: Backend,
  site: Site,
  { interval, ...question }: TrendQuestion,
  signal?: AbortSignal,
): Promise<TrendAnswer> {
  const resolved = await resolveSaved(backend, site, question)
  const as_of = backend.now()
  const boundaries = bucketsOf(resolved.range, interval, site.time_zone)
  const counting: Counting = { ...funnelsOf(resolved), detail: 'all', boundaries }
  const definitions = {
    ...resolved.asked.definitions,
    ...rateDefinitions(resolved.asked),
    ...POINT_DEFINITIONS,
  }
  const use = ([buckets = []]: Counted[][]): TrendAnswer => ({
    question: { ...resolved.asked, interval, definitions },
    as_of: new Date(as_of).toISOString(),
    points: pointsOf(resolved, boundaries, buckets, as_of),
  })
  return count(backend.scan, site.id, [counting], use, signal)
}
