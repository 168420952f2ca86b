import type { Site, TrendAnswer, TrendQuestion } from '@weir/contract'
import type { Services } from '../services.ts'
import { bucketsOf } from './buckets.ts'
import { type Counted, type Counting, count } from './count.ts'
import { funnelsOf } from './plan.ts'
import { pointsOf } from './points-of.ts'
import { POINT_DEFINITIONS, rateDefinitions } from './rate-definitions.ts'
import { resolveSaved } from './resolve-saved.ts'

/** The funnel asked for every bucket of the range, in one pass. */
export async function answerTrend(
  services: Services,
  site: Site,
  { interval, ...question }: TrendQuestion,
  signal?: AbortSignal,
): Promise<TrendAnswer> {
  const resolved = await resolveSaved(services, site, question)
  const as_of = services.now()
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
  return count(services.scan, site.id, [counting], use, signal)
}
