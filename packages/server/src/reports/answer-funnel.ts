import type { FunnelAnswer, FunnelQuestion, Interval, MatureAnswer, Site } from '@weir/contract'
import type { Range } from '@weir/timeline'
import type { Services } from '../services.ts'
import { answerPart, countsOf } from './answer-part.ts'
import { bucketsOf } from './buckets.ts'
import { compareOf } from './compare-of.ts'
import { comparedRange } from './compared-range.ts'
import { type Counted, type Counting, count } from './count.ts'
import { funnelsOf, matureRange, wholeOf } from './plan.ts'
import { pointsOf } from './points-of.ts'
import { explained, ratesOf } from './rates-of.ts'
import type { ResolvedQuestion } from './resolve-question.ts'
import { resolveSaved } from './resolve-saved.ts'

/** What an address may ask for beside the funnel itself. */
export interface Extras {
  /** The number or name of the stage that the funnel is asked up to. */
  stage?: string | undefined
  interval?: Interval | undefined
  /** `previous`, or `A..B`. */
  compare?: string | undefined
  /** Takes the question back. */
  signal?: AbortSignal
}

/**
 * Answers a funnel question of one site, with every event that was acknowledged before it came.
 * All ranges and buckets of one answer are counted in one pass over the same events.
 */
export async function answerFunnel(
  services: Services,
  site: Site,
  question: FunnelQuestion,
  { stage, interval, compare, signal }: Extras = {},
): Promise<FunnelAnswer> {
  const resolved = await resolveSaved(services, site, question, stage)
  const as_of = services.now()
  const { range, funnel } = resolved
  const funnels = funnelsOf(resolved)
  const mature = matureRange(range, funnel.window_ms, as_of)
  const boundaries = interval && bucketsOf(range, interval, site.time_zone)
  const other = compare ? comparedRange(compare, range, site.time_zone) : null
  const wanted: Record<string, Counting> = {
    main: { ...funnels, detail: 'all', range },
    ...(mature ? { mature: { ...wholeOf(funnels), detail: 'counts', range: mature } } : {}),
    ...(boundaries ? { points: { ...funnels, detail: 'all', boundaries } } : {}),
    ...(other ? { compare: { ...wholeOf(funnels), detail: 'all', range: other } } : {}),
  }
  const counted = await countAll(services, site, wanted, signal)
  const part = answerPart(resolved, counted.one('main'))
  return {
    question: resolved.asked,
    as_of: new Date(as_of).toISOString(),
    site_visitors: counted.one('main').funnel.site_visitors,
    cookieless_events: counted.one('main').funnel.cookieless_events,
    ...withSentences(resolved, part),
    mature: mature && matureOf(resolved, mature, counted.one('mature')),
    ...(boundaries ? { points: pointsOf(resolved, boundaries, counted.all('points'), as_of) } : {}),
    ...(other ? { compare: compareOf(resolved, other, counted.one('compare'), part.stages) } : {}),
  }
}

async function countAll(
  { scan }: Services,
  site: Site,
  wanted: Record<string, Counting>,
  signal?: AbortSignal,
) {
  const names = Object.keys(wanted)
  const counted = await count(scan, site.id, Object.values(wanted), signal)
  const all = (name: string): Counted[] => counted[names.indexOf(name)] ?? []
  const one = (name: string): Counted => {
    const [only] = all(name)
    if (!only) throw new Error(`${name} was not counted`)
    return only
  }
  return { all, one }
}

function withSentences({ asked }: ResolvedQuestion, part: ReturnType<typeof answerPart>) {
  const { stages, conversion } = part
  return {
    ...part,
    stages: stages.map((stage, place) => ({
      ...stage,
      rates: explained(asked, stage.rates, place),
    })),
    conversion: {
      ...conversion,
      rates: explained(asked, conversion.rates, asked.stages.length - 1),
    },
  }
}

function matureOf({ asked }: ResolvedQuestion, range: Range, counted: Counted): MatureAnswer {
  const counts = countsOf(counted)
  const last = asked.stages.length - 1
  return {
    until: new Date(range.to).toISOString(),
    stages: asked.stages.map(({ name }, place) => ({
      stage: place + 1,
      name,
      count: counted.funnel.stages[place]?.count ?? 0,
      rates: ratesOf(asked, counts, place),
    })),
    rates: explained(asked, ratesOf(asked, counts, last), last),
  }
}
